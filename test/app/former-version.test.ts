import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CatalogueFile } from '../../src/catalogue/catalogue-file.ts';
import { GuideReader } from '../../src/catalogue/guide/guide-reader.ts';
import { accountOf, demoAccount } from '../../src/domain/ids.ts';
import { JsonFile } from '../../src/store/json-file.ts';
import { migrations } from '../../src/store/migrations.ts';
import { broadcastMemorySchema } from '../../src/stream/screen/broadcast-memory.ts';
import { SavedWindow } from '../../src/stream/segments/saved-window.ts';
import { DataDirs } from '../fakes/data-dir.ts';
import { copyFormerDataDir } from '../fakes/former-data-dir.ts';
import { ADMIN_TOKEN, startApp } from '../fakes/running-app.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

/** What version 0.2 left after an evening with the demo: test/fixtures/make-data-dir.ts. */
let dirs: DataDirs;
let dataDir: string;
beforeAll(async () => {
  dirs = await DataDirs.create();
});
beforeEach(async () => {
  dataDir = await dirs.next();
  await copyFormerDataDir('0.2', dataDir);
});
afterAll(() => dirs.remove());

describe('a DATA_DIR of version 0.2', () => {
  it('has a broadcast.json that says what was on air, who asked, and which sound was chosen', async () => {
    const memory = await new JsonFile(join(dataDir, 'broadcast.json'), broadcastMemorySchema).read();
    const written = JSON.parse(await readFile(join(dataDir, 'broadcast.json'), 'utf8'));
    expect(memory).toMatchObject({
      sequence: written.sequence,
      discontinuitySequence: written.discontinuitySequence,
      position: written.position,
      programme: { name: 'Météo Zapette', askedBy: { id: 'telegram:8', name: 'User8' } },
      audioChoices: [[expect.anything(), { language: 'en', isDescription: false }]],
    });
  });

  it('has a catalogue and a live window that can be read, and a guide that is fetched anew', async () => {
    const catalogue = await new CatalogueFile(
      join(dataDir, 'demo-catalogue'),
      { id: demoAccount },
      silentLogger,
    ).load();
    expect(catalogue?.channels.map(({ name }) => name)).toContain('Lanterne+ Cinéma FHD');
    expect(catalogue?.channels.every(({ id }) => accountOf(id) === demoAccount)).toBe(true);
    const { savedAt, segments } = JSON.parse(
      await readFile(join(dataDir, 'cache', 'window', 'window.json'), 'utf8'),
    );
    const window = await new SavedWindow(dataDir).take(savedAt + 1_000);
    expect(window.map(({ sequence }) => sequence)).toEqual([segments[0].sequence]);
    // It has titles and descriptions alone.
    expect(() => new GuideReader(join(dataDir, 'demo-guide.db'))).toThrow('another version');
  });

  it('is opened by the server: the channel comes back, and nothing that people kept is lost', async () => {
    const server = await startApp(dataDir, {});
    try {
      await expect
        .poll(async () => (await server.get('/stream_status')).body, { timeout: 20_000 })
        .toMatchObject({ state: 'live', channel_id: 302, channel_name: 'Météo Zapette' });
      const answer = await fetch(`${server.url}/api/history`, {
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      });
      const { items } = await answer.json();
      expect(items.map(({ channel_id }: { channel_id: unknown }) => channel_id)).toEqual([302, 104, 102]);
    } finally {
      await server.app.stop();
    }
    const path = join(dataDir, 'zapette.db');
    expect(existsSync(`${path}.before-${migrations.length}`)).toBe(true);
    const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    const rows = (sql: string) =>
      database
        .prepare(sql)
        .all()
        .map((row) => Object.values(row).join(' '));
    expect(rows('SELECT person, channel_id, channel_name FROM favourites ORDER BY rowid')).toEqual([
      'telegram:7 demo:201 Zapette Sport 1 FHD',
      'telegram:7 demo:302 Météo Zapette',
      'telegram:8 demo:302 Météo Zapette',
    ]);
    expect(rows('SELECT screen, channel_id FROM history ORDER BY id')).toEqual([
      'live demo:102',
      'live demo:104',
      'live demo:302',
    ]);
    expect(rows('SELECT person, channel_id FROM links')).toEqual(['telegram:7 demo:102']);
    expect(rows('SELECT place, screen FROM cards')).toHaveLength(2);
    database.close();
  }, 60_000);
});
