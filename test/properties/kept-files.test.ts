import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysSchema } from '../../src/access/keys.ts';
import { CatalogueFile } from '../../src/catalogue/catalogue-file.ts';
import { ConfigError, readConfig } from '../../src/config/config.ts';
import { misspeltSettings } from '../../src/config/misspelt-settings.ts';
import { tidyChanges } from '../../src/config/tidy-changes.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { settingNames } from '../../src/domain/setting.ts';
import { JsonFile } from '../../src/store/json-file.ts';
import { beginAgain, broadcastMemorySchema, fromStored } from '../../src/stream/screen/broadcast-memory.ts';
import { LivePlaylist } from '../../src/stream/segments/live-playlist.ts';
import { SavedWindow } from '../../src/stream/segments/saved-window.ts';
import { seal, unseal } from '../../src/stream/segments/sealed-file.ts';
import type { StoredSegment } from '../../src/stream/segments/segment.ts';
import { settingSentence, settingSentences } from '../../src/words/setting-sentence.ts';
import { mainId } from '../fakes/main-id.ts';
import { noPast } from '../fakes/no-past.ts';
import { silentLogger } from '../fakes/silent-logger.ts';
import { anyNumber, anyText, bytes } from './arbitraries.ts';

const NOW = Date.UTC(2026, 10, 28);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zapette-kept-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Changes one byte of a file, truncates it, or leaves it unchanged. */
const damage = fc.oneof(
  fc
    .record({ at: fc.nat({ max: 2_000 }), byte: fc.integer({ min: 0, max: 255 }) })
    .map(({ at, byte }) => (file: Buffer) => {
      const damaged = Buffer.from(file);
      if (damaged.length > 0) damaged[at % damaged.length] = byte;
      return damaged;
    }),
  fc.nat({ max: 2_000 }).map((length) => (file: Buffer) => file.subarray(0, length % (file.length + 1))),
  bytes(200).map((noise) => () => noise),
  // A flipped bit makes another digit, so that the file can still be parsed.
  fc.tuple(fc.nat({ max: 500 }), fc.integer({ min: 0, max: 9 })).map(([which, digit]) => (file: Buffer) => {
    const places = [...file.toString('latin1').matchAll(/\d/g)].map(({ index }) => index);
    const damaged = Buffer.from(file);
    const at = places[which % Math.max(1, places.length)];
    if (at !== undefined) damaged.write(String(digit), at, 'latin1');
    return damaged;
  }),
);

const segment: fc.Arbitrary<Omit<StoredSegment, 'sequence' | 'programDateTime'>> = fc.record({
  duration: fc.integer({ min: 500, max: 6_000 }).map((milliseconds) => milliseconds / 1000),
  discontinuity: fc.boolean(),
  independent: fc.boolean(),
  bytes: fc.constantFrom(1, 2, 3).map((packets) => Buffer.alloc(packets * 188, 0x47)),
});

/** Segments with consecutive numbers, as a broadcast lists them. */
function listOf(
  segments: readonly Omit<StoredSegment, 'sequence' | 'programDateTime'>[],
  first: number,
): StoredSegment[] {
  return segments.map((each, index) => ({
    ...each,
    sequence: first + index,
    programDateTime: NOW - 1_000 * index,
  }));
}

describe('the saved window', () => {
  const window = fc.tuple(
    fc.array(segment, { minLength: 1, maxLength: 4 }),
    fc.integer({ min: 1, max: 2 ** 40 }),
  );

  it('is loaded as it was saved, once only', async () => {
    await fc.assert(
      fc.asyncProperty(window, async ([segments, first]) => {
        const file = new SavedWindow(folder);
        const saved = listOf(segments, first);
        await file.save(saved, NOW);
        expect(await file.take(NOW + 5_000)).toEqual(saved);
        expect(await file.take(NOW + 5_000)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('is complete, in order and playable, or rejected, whatever damage its files have', async () => {
    await fc.assert(
      fc.asyncProperty(
        window,
        damage,
        fc.constantFrom('window.json', 'window.ts'),
        async ([segments, first], harm, name) => {
          const file = new SavedWindow(folder);
          await file.save(listOf(segments, first), NOW);
          const path = join(folder, 'cache', 'window', name);
          await writeFile(path, harm(await readFile(path)));
          const taken = await file.take(NOW + 1_000);
          for (const [index, each] of taken.entries()) {
            expect(each.sequence).toBe((taken[0]?.sequence ?? 0) + index);
            expect(each.bytes.length).toBeGreaterThan(0);
            expect(each.bytes.length % 188).toBe(0);
            expect(each.duration).toBeGreaterThan(0);
            expect(Math.round(each.duration)).toBeLessThanOrEqual(6);
            expect(Number.isNaN(new Date(each.programDateTime).getTime())).toBe(false);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the broadcast after a restart', () => {
  const memory = fc.record({
    savedAt: anyNumber,
    sequence: anyNumber,
    discontinuitySequence: anyNumber,
    position: anyNumber,
    programme: fc.constant(null),
    audioChoices: fc.anything(),
  });

  it('continues with valid numbers that never go back', () => {
    fc.assert(
      fc.property(memory, fc.integer({ min: 0, max: 3_600_000 }), (raw, later) => {
        const { success, data } = broadcastMemorySchema.safeParse(raw);
        const memory = success ? fromStored(data, { id: mainAccount }) : null;
        const { numbering, position } = beginAgain(memory, [], 0, { now: () => NOW + later });
        expect(Number.isSafeInteger(numbering.sequence + 2 ** 32)).toBe(true);
        expect(Number.isSafeInteger(numbering.discontinuitySequence + 2 ** 32)).toBe(true);
        expect(Number.isSafeInteger(Math.round((position + 2 ** 30) * 90_000))).toBe(true);
        if (success) expect(numbering.sequence).toBeGreaterThan(data.sequence);
        expect(numbering.sequence).toBeGreaterThanOrEqual(NOW / 1000);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its playlist in order for any number of segments', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 60 }), (segments) => {
        const storage = noPast();
        const store = new LivePlaylist({
          targetDuration: 6,
          window: 24,
          first: { sequence: 7, discontinuitySequence: 3 },
          storage,
          logger: silentLogger,
        });
        let before = store.content;
        for (const [index, each] of segments.entries()) {
          store.append(each, NOW + 2_000 * index);
          const playlist = store.content;
          const sequences = playlist.segments.map(({ sequence }) => sequence);
          expect(sequences).toEqual(sequences.map((_, at) => (sequences[0] ?? 0) + at));
          expect(playlist.discontinuitySequence).toBeGreaterThanOrEqual(before.discontinuitySequence);
          expect(sequences[0]).toBeGreaterThanOrEqual(before.segments[0]?.sequence ?? 0);
          expect(sequences.every((sequence) => storage.inMemory(sequence) !== undefined)).toBe(true);
          before = playlist;
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a stored file', () => {
  it('is unsealed as it was sealed, and rejected once it is damaged', () => {
    fc.assert(
      fc.property(bytes(600), damage, (stream, harm) => {
        if (stream.length === 0) return;
        const sealed = seal(stream);
        expect(unseal(sealed)).toEqual(stream);
        const damaged = harm(sealed);
        if (!damaged.equals(sealed)) expect(unseal(damaged)).toBeNull();
      }),
    );
  });

  it('is read as a valid value or as null', async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (harm) => {
        const path = join(folder, 'keys.json');
        const keys = { adminToken: 'a', viewerKey: 'b', signingKey: 'c', webhookSecret: 'd', shown: true };
        await writeFile(path, harm(Buffer.from(JSON.stringify(keys))));
        const file = new JsonFile(path, keysSchema);
        const read = await file.read();
        if (read) expect(Object.values(read).every((value) => value !== '')).toBe(true);
        expect(await file.exists()).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('restores the saved channels or none', async () => {
    const channel = fc.record({
      id: fc.integer({ min: 1 }).map(mainId),
      number: fc.option(fc.nat()),
      name: fc.string({ minLength: 1, maxLength: 20 }),
      categoryId: fc.option(fc.string({ maxLength: 5 })),
      logo: fc.constant(null),
      epgId: fc.option(fc.string({ maxLength: 5 })),
      archiveDays: fc.nat({ max: 31 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(channel, { maxLength: 6 }), fc.option(damage), async (channels, harm) => {
        const directory = join(folder, 'catalogue');
        await mkdir(directory, { recursive: true });
        const store = new CatalogueFile(directory, { id: mainAccount }, silentLogger);
        const data = { channels, categories: [{ id: '1', name: 'x' }], refreshedAt: NOW };
        await store.save(data);
        if (harm) {
          const path = join(directory, 'channels.ndjson');
          await writeFile(path, harm(await readFile(path)));
        }
        const loaded = await store.load();
        if (!harm) expect(loaded).toEqual(data);
        else expect(loaded === null || loaded.channels.length >= 0).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the settings', () => {
  const names = [
    'XTREAM_URL',
    'XTREAM_USERNAME',
    'XTREAM_PASSWORD',
    'PORT',
    'HOST',
    'PUBLIC_URL',
    'TRUST_PROXY',
    'ADMIN_TOKEN',
    'EMBED_ORIGINS',
    'DISCORD_GUILD_ID',
    'AUDIO_LANGUAGES',
    'TELEGRAM_ADMIN_IDS',
    'TELEGRAM_WEBHOOK',
    'IDLE_STOP_MINUTES',
    'AUDIO',
  ];
  const value = fc.oneof(
    anyText,
    anyNumber.map(String),
    fc.webUrl(),
    fc.constantFrom('true', 'fr,en', '-1', '1,2', '10.0.0.0/33', '::1/129', '0x10', '1e3', ' '),
  );

  it('are parsed completely, or rejected by name without the value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (env) => {
        try {
          const config = readConfig(env);
          expect(Number.isInteger(config.port) && config.port >= 0 && config.port <= 65_535).toBe(true);
          expect(config.xtream === null || config.xtream.url.startsWith('http')).toBe(true);
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          for (const [name, given] of Object.entries(env))
            if (given.length > 20 && !/^[\w./:]*$/.test(given))
              expect(settingSentences('en', error.problems), name).not.toContain(given);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are changed on the page to what can be read again, or rejected without the value', () => {
    const name = fc.oneof(fc.constantFrom(...settingNames), fc.stringMatching(/^[A-Z_a-z]{0,50}$/));
    const typed = fc.oneof(
      fc.constant(null),
      value,
      value.map((text) => ` “${text}”\u200b`),
    );
    fc.assert(
      fc.property(fc.dictionary(name, typed), (changes) => {
        const none = { isLocked: () => false, textOf: () => null, dataDir: '/data' };
        try {
          const { values, problems } = tidyChanges(changes, none);
          const kept = Object.entries(values).filter((entry): entry is [string, string] => !!entry[1]);
          const config = readConfig(Object.fromEntries(kept), problems);
          expect(config.settings.filter(({ isSet }) => isSet)).toHaveLength(kept.length);
          // What was tidied once stays as it is.
          expect(tidyChanges(Object.fromEntries(kept), none).values).toEqual(Object.fromEntries(kept));
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          expect(error.problems.length).toBeGreaterThan(0);
          const told = error.problems.map((problem) => settingSentence('fr', problem)).join();
          for (const given of Object.values(changes))
            if (given !== null && given.length > 20 && !/^[\w./:]*$/.test(given))
              expect(told).not.toContain(given);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are suggested for any misspelt name without an error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyText, fc.stringMatching(/^[A-Z_0-9]{0,60}$/)), { maxLength: 8 }),
        (given) => {
          for (const { name, nearest } of misspeltSettings(given)) {
            expect(given).toContain(name);
            expect(settingNames).toContain(nearest);
          }
        },
      ),
    );
  });
});
