import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListedProgramme, XmltvParser } from '../../src/catalogue/guide/xmltv-parser.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { AppError } from '../../src/domain/errors.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { parseProviderTime } from '../../src/lib/parse-provider-time.ts';
import { plainText } from '../../src/lib/plain-text.ts';
import { judgeFirstBytes } from '../../src/stream/tuner/first-bytes.ts';
import { checkLogin } from '../../src/xtream/account-check.ts';
import { apiPath, liveUrl, panelAddress, xtreamSecrets } from '../../src/xtream/address.ts';
import { decodeBase64Text } from '../../src/xtream/base64-text.ts';
import { LineupParser } from '../../src/xtream/lineup-parser.ts';
import { clockOffset, toAccount, toCategory, toChannel, toProgrammes } from '../../src/xtream/mapper.ts';
import { RecordSplitter } from '../../src/xtream/record-splitter.ts';
import { records } from '../../src/xtream/schema.ts';
import { numberOf } from '../fakes/main-id.ts';
import { anyNumber, anyText, bytes, lengths, split, textOf } from './arbitraries.ts';

/** The greatest time of a Date, in milliseconds. */
const LAST_MOMENT = 8.64e15;

/** A value as PHP panels print it. */
const wild: fc.Arbitrary<unknown> = fc.oneof(
  anyNumber,
  anyText,
  anyNumber.map(String),
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    'null',
    [],
    {},
    '0',
    '999999999999999',
    '2026-11-28 20:45:00',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const isMoment = (value: number) => Math.abs(value) <= LAST_MOMENT;

describe('the record splitter', () => {
  const list = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 });

  it('returns each record unchanged at any chunk boundaries', () => {
    fc.assert(
      fc.property(list, lengths, fc.constantFrom(0, 2), (values, sizes, indent) => {
        const got: unknown[] = [];
        const splitter = new RecordSplitter((json) => got.push(JSON.parse(json)) > 0);
        for (const chunk of split(Buffer.from(JSON.stringify(values, null, indent)), sizes))
          splitter.push(chunk);
        expect(got).toEqual(JSON.parse(JSON.stringify(values)));
        expect(splitter.complete).toBe(true);
      }),
    );
  });

  it('returns the same records of any bytes at any chunk boundaries', () => {
    const rubbish = textOf('[', ']', '{', '}', '"', '\\', ',', ':', ' ', '1', '\n');
    fc.assert(
      fc.property(rubbish, lengths, (text, sizes) => {
        const read = (chunks: readonly Buffer[]) => {
          const got: string[] = [];
          const splitter = new RecordSplitter((json) => got.push(json) > 0);
          for (const chunk of chunks) splitter.push(chunk);
          return [got, splitter.complete];
        };
        const whole = Buffer.from(text);
        expect(read(split(whole, sizes))).toEqual(read([whole]));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the parser of the channel list', () => {
  it('returns usable channels and one of its outcomes for any bytes', () => {
    const record = fc.record(
      {
        stream_id: wild,
        name: wild,
        num: wild,
        category_id: wild,
        category_ids: wild,
        stream_icon: wild,
        epg_channel_id: wild,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(record, wild), { maxLength: 12 }),
        bytes(20),
        lengths,
        (entries, tail, sizes) => {
          const read = (chunks: readonly Buffer[]) => {
            const channels: Channel[] = [];
            const parser = new LineupParser(mainAccount, (channel) => channels.push(channel));
            for (const chunk of chunks) parser.push(chunk);
            return { channels, outcome: parser.end() };
          };
          const whole = Buffer.concat([Buffer.from(JSON.stringify(entries)), tail]);
          const { channels, outcome } = read(split(whole, sizes));
          expect({ channels, outcome }).toEqual(read([whole]));
          expect(['list', 'other', 'garbage']).toContain(outcome.kind);
          expect(new Set(channels.map(({ id }) => id)).size).toBe(channels.length);
          for (const channel of channels) {
            const number = numberOf(channel.id);
            expect(Number.isSafeInteger(number) && number > 0).toBe(true);
            expect(channel.name).toBe(plainText(channel.name));
            expect(channel.name).not.toBe('');
            expect(channel.number === null || Number.isSafeInteger(channel.number)).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the answer to a login', () => {
  it('gives an account or one of the documented errors', () => {
    const answer = fc.record(
      {
        user_info: fc.record(
          {
            auth: wild,
            status: fc.oneof(wild, fc.constantFrom('Expired', 'Banned')),
            exp_date: wild,
            max_connections: wild,
            active_cons: wild,
            allowed_output_formats: wild,
          },
          { requiredKeys: [] },
        ),
        server_info: fc.record({ timestamp_now: wild, time_now: wild }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof({ weight: 6, arbitrary: answer }, wild), (said) => {
        try {
          const login = checkLogin(said, Date.UTC(2026, 0, 1));
          const account = toAccount(login);
          if (account.maxConnections !== null) expect(account.maxConnections).toBeGreaterThanOrEqual(1);
          expect(account.outputFormats.length).toBeGreaterThan(0);
          if (account.expiresAt !== null) expect(isMoment(account.expiresAt)).toBe(true);
          expect(isMoment(clockOffset(login))).toBe(true);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a record of the panel', () => {
  it('is converted to a usable programme, category or channel, or to null', () => {
    const record = fc.record(
      {
        title: wild,
        description: wild,
        start_timestamp: wild,
        stop_timestamp: wild,
        start: wild,
        end: wild,
        stop: wild,
        category_id: wild,
        category_name: wild,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof({ weight: 5, arbitrary: record }, wild),
        fc.integer({ min: -50_000_000, max: 50_000_000 }),
        (raw, offset) => {
          const [programme] = toProgrammes([raw], offset);
          if (programme) {
            expect(isMoment(programme.start) && isMoment(programme.stop)).toBe(true);
            expect(programme.stop).toBeGreaterThan(programme.start);
            expect(programme.title.trim()).not.toBe('');
          }
          const category = toCategory(raw);
          if (category) expect(category.id === '' || category.name === '').toBe(false);
          toChannel(raw, mainAccount);
          const list = records(raw);
          expect(list === null || Array.isArray(list)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('text of a provider', () => {
  const markup = textOf(
    '<b>',
    '</b>',
    '<',
    '>',
    '&amp;',
    '&',
    '&#',
    ';',
    '&lt;',
    '&#x1F600;',
    '<!--',
    '-->',
    '\n',
    '👨‍👩‍👧',
    '\ud83d',
    '\u202e',
  );

  it('becomes plain and short, and does not change a second time', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, markup), fc.integer({ min: 1, max: 60 }), (raw, limit) => {
        const text = plainText(raw, limit);
        expect(text.length).toBeLessThanOrEqual(limit);
        expect(text.isWellFormed()).toBe(true);
        expect(text).toBe(text.trim());
        expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 500 },
    );
  });

  it('is processed in time proportional to its length', () => {
    // A regular expression that searches again from each beginning would take minutes here.
    for (const part of ['<!--', '<a ', '&#', '<br', '&lt;', ' \u200b', '</'])
      expect(plainText(part.repeat(50_000)).length).toBeLessThanOrEqual(200);
  });

  it('is decoded from base64 and otherwise unchanged', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const packed = Buffer.from(text).toString('base64');
        const isPlain = text.isWellFormed() && !/[^\P{Cc}\t\n\r]/u.test(text) && !text.startsWith('\ufeff');
        if (isPlain && text !== '') expect(decodeBase64Text(packed)).toBe(text);
        const read = decodeBase64Text(text);
        expect(read === text || read.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('the address of a panel', () => {
  it('is parsed to an http address or rejected with a TypeError that does not repeat it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.webUrl(),
          fc.webUrl().map((url) => `${url}/get.php?username=a`),
        ),
        (text) => {
          try {
            const { origin, base } = panelAddress(text);
            expect(origin).toMatch(/^https?:\/\//);
            expect(base === '' || (base.startsWith('/') && !base.endsWith('/'))).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(TypeError);
            if (text.trim().length > 12) expect((error as Error).message).not.toContain(text);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('contains user name and password such that the panel decodes them unchanged', () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(word, word, fc.nat(), (username, password, id) => {
        const account = { baseUrl: 'http://panel.test:80/sub/', username, password };
        const api = new URL(apiPath(account, 'get_live_streams'), 'http://panel.test');
        expect([api.searchParams.get('username'), api.searchParams.get('password')]).toEqual([
          username,
          password,
        ]);
        const parts = new URL(liveUrl(account, String(id), 'ts')).pathname.split('/');
        // A single dot would be read as a folder.
        if (!/^\.{1,2}$/.test(username) && !/^\.{1,2}$/.test(password))
          expect(parts.map(decodeURIComponent)).toEqual(['', 'sub', 'live', username, password, `${id}.ts`]);
        expect(xtreamSecrets(account)).toContain(password);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the XMLTV parser', () => {
  const time = fc.constantFrom(
    '20261124204500 +0100',
    '2026',
    '99999999999999 +9999',
    '',
    'x',
    '20261340',
    '20261124204500 -9959',
  );
  const file = fc
    .array(
      fc.oneof(
        fc
          .tuple(time, time, anyText, anyText)
          .map(
            ([start, stop, title, channel]) =>
              `<programme start="${start}" stop="${stop}" channel="${channel}"><title>${title}</title></programme>`,
          ),
        fc.constantFrom(
          '<tv>',
          '</tv>',
          '<programme>',
          '</programme>',
          '<title>',
          '<![CDATA[',
          ']]>',
          '<!--',
          '&#x0;',
          '<desc lang="',
          '"',
          '>',
        ),
        anyText,
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join(''));

  it('returns the same usable programmes at any chunk boundaries', () => {
    fc.assert(
      fc.property(file, lengths, (text, sizes) => {
        const read = (chunks: readonly string[]) => {
          const got: ListedProgramme[] = [];
          const parser = new XmltvParser({ onProgramme: (programme) => got.push(programme) });
          for (const chunk of chunks) parser.push(chunk);
          return { got, isComplete: parser.end() };
        };
        const chunks: string[] = [];
        for (let at = 0, turn = 0; at < text.length; turn++) {
          const length = sizes[turn % sizes.length] ?? 1;
          chunks.push(text.slice(at, at + length));
          at += length;
        }
        const { got, isComplete } = read(chunks);
        expect({ got, isComplete }).toEqual(read([text]));
        for (const { channel, title, start, stop } of got) {
          expect([channel, title].includes('')).toBe(false);
          expect(isMoment(start)).toBe(true);
          if (stop !== null) expect(stop).toBeGreaterThan(start);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('parses the times that were written', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.integer({ min: -720, max: 840 }),
        (date, zone) => {
          const digits = (when: Date) => when.toISOString().replace(/[-:T]|\..*/g, '');
          const offset = `${zone < 0 ? '-' : '+'}${String(Math.trunc(Math.abs(zone) / 60)).padStart(2, '0')}${String(Math.abs(zone) % 60).padStart(2, '0')}`;
          const local = new Date(date.getTime() + zone * 60_000);
          expect(parseProviderTime(`${digits(local)} ${offset}`)).toBe(
            Math.floor(date.getTime() / 1000) * 1000,
          );
        },
      ),
    );
  });
});

describe('the first bytes of a source', () => {
  const heads: fc.Arbitrary<Buffer> = fc
    .tuple(
      fc.oneof(
        bytes(12),
        fc
          .constantFrom(
            '#EXTM3U\n',
            '<!doctype html>',
            '{"user_info":',
            '[',
            '\ufeff#EXTM3U',
            'ID3',
            'RIFF',
            '    ftypisom',
            '\xff\xfb\x90',
          )
          .map((text) => Buffer.from(text, 'latin1')),
      ),
      bytes(900),
      fc.boolean(),
    )
    .map(([start, rest, isTs]) => {
      const whole = Buffer.concat([start, rest]);
      if (isTs) for (let at = start.length; at < whole.length; at += 188) whole[at] = 0x47;
      return whole;
    });

  it('are classified the same at any chunk boundaries', () => {
    fc.assert(
      fc.property(heads, lengths, (whole, sizes) => {
        let head: Buffer = Buffer.alloc(0);
        let verdict = judgeFirstBytes(head);
        for (const chunk of split(whole, sizes)) {
          head = Buffer.concat([head, chunk]);
          verdict = judgeFirstBytes(head);
          if (verdict !== 'undecided') break;
        }
        if (verdict === 'undecided') verdict = judgeFirstBytes(whole, true);
        expect(verdict).toBe(judgeFirstBytes(whole, true));
      }),
      { numRuns: 500 },
    );
  });
});
