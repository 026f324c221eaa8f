import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sizeOf, toMarkdown } from '../../src/bots/discord/markdown.ts';
import { renderReply } from '../../src/bots/discord/render-message.ts';
import { parseCommand } from '../../src/bots/telegram/command-text.ts';
import { decodePress, encodePress } from '../../src/bots/telegram/press-data.ts';
import { startAction, startPayload } from '../../src/bots/telegram/private-answer.ts';
import { plainText, renderMessage, styles } from '../../src/bots/telegram/render-message.ts';
import { execute } from '../../src/commands/execute.ts';
import { fitLines } from '../../src/commands/fit-lines.ts';
import { valuesOf } from '../../src/commands/parse-values.ts';
import { registry } from '../../src/commands/registry.ts';
import { type Action, decodeAction, encodeAction, type Reply } from '../../src/commands/reply.ts';
import { buttonNames, commandNames } from '../../src/domain/command-name.ts';
import { shorten } from '../../src/lib/shorten.ts';
import type { Line, Span } from '../../src/words/line.ts';
import { ada, room } from '../commands/asking.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { parseHtml } from '../fakes/telegram/html.ts';
import { anyText, textOf } from './arbitraries.ts';

const signs = textOf(
  '*',
  '_',
  '~',
  '`',
  '|',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '&',
  '\\',
  ':',
  '#',
  '\n',
  '- ',
  '1. ',
  '@everyone',
  '<@1>',
  'https://x.test',
  'discord.gg/x',
  '"',
  "'",
  '👨‍👩‍👧',
  ' ',
);
const text = fc.oneof(anyText, signs);
const wellFormed = text.map((each) => each.toWellFormed());
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  text.map((bold) => ({ bold })),
  text.map((code) => ({ code })),
  fc.record({ link: fc.webUrl({ withQueryParameters: true }), label: text }),
  fc.record({ clock: moment, withDate: fc.boolean() }),
  moment.map((ago) => ({ ago })),
);
const line: fc.Arbitrary<Line> = fc.array(span, { maxLength: 6 });
/** A text that may be longer than any message. */
const lines: fc.Arbitrary<Line[]> = fc.oneof(
  fc.array(line, { maxLength: 20 }),
  fc
    .tuple(line, fc.integer({ min: 1, max: 120 }))
    .map(([each, times]) => Array.from({ length: times }, () => each)),
  fc.tuple(text, fc.integer({ min: 1, max: 400 })).map(([each, times]) => [[{ bold: each.repeat(times) }]]),
);
const value = fc.stringMatching(/^[#\w-]{0,12}$/);
const action: fc.Arbitrary<Action> = fc.record({
  command: fc.constantFrom<string>(...commandNames, ...buttonNames),
  values: fc.array(value, { maxLength: 4 }),
});
const reply: fc.Arbitrary<Reply> = fc.record({
  lines,
  buttons: fc.array(fc.array(fc.record({ label: text, action }), { maxLength: 8 }), { maxLength: 7 }),
  isPrivate: fc.boolean(),
});

describe('a button', () => {
  it('decodes to the action that it was made for, or cannot be made', () => {
    fc.assert(
      fc.property(action, fc.option(fc.nat()), (made, owner) => {
        const data = encodePress(made, owner);
        if (data === null) return;
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
        expect(decodePress(data)).toEqual({ owner, action: made });
      }),
      { numRuns: 300 },
    );
  });

  it('is decoded without an error, whatever its data', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, textOf('v1', ':', ';', 'u1', 'play', '#1', '')), (data) => {
        const press = decodePress(data);
        if (press.action) expect(press.action.command).not.toBe('');
        const decoded = decodeAction(data);
        if (decoded && Buffer.byteLength(data) <= 64) expect(encodeAction(decoded)).toBe(data);
      }),
      { numRuns: 300 },
    );
  });

  it('leads to the right place from a start link, and nowhere else', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, action.map(startPayload)), (payload) => {
        const { command } = startAction(payload);
        expect([
          'links',
          'login',
          'vlc',
          'watch',
          'doctor',
          'play',
          'search',
          'channels',
          'epg',
          'fav',
          'history',
          'recordings',
          'help',
        ]).toContain(command);
      }),
    );
    fc.assert(
      fc.property(
        wellFormed.filter((words) => words !== ''),
        (words) => {
          const payload = startPayload({ command: 'search', values: [words] });
          expect(payload).toMatch(/^[\w-]{1,64}$/);
          if (payload !== 'search' && !/^#\d{1,15}$/.test(words))
            expect(startAction(payload)).toEqual({ command: 'search', text: words });
        },
      ),
    );
  });
});

describe('a chat message', () => {
  it('is parsed to a command with its words, or to none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          text.map((rest) => `/play ${rest}`),
          signs.map((rest) => `/${rest}`),
        ),
        (written) => {
          const command = parseCommand(written);
          if (!command) return;
          expect(command.name).toMatch(/^\w{1,64}$/);
          expect(written).toContain(command.rest);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is parsed to one value for each option of a command', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...commandNames),
        fc.oneof(text, textOf('hd', 'uhd', 'add', 'list', ' ', 'tf1')),
        (name, written) => {
          const command = registry[name];
          const values = valuesOf(command, written);
          const verb = command.verbs?.find((each) => each.name === values[0]);
          if (!command.verbs) expect(values.length).toBe(command.options.length);
          else if (verb) expect(values.length).toBe(1 + verb.options.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a command', () => {
  let fake: FakeHttp;
  beforeAll(async () => {
    fake = await startFakeHttp();
  });
  afterAll(() => fake.stop());

  it('answers any values of a button without an unexpected error', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<string>(...commandNames, ...buttonNames),
        fc.array(
          fc.oneof(
            anyText,
            fc.constantFrom(
              '#1',
              '#',
              '#-1',
              '#99999999999999999',
              'add',
              'list',
              'play',
              '1',
              '-1',
              '',
              '81384 Ada',
            ),
          ),
          { maxLength: 4 },
        ),
        fc.constantFrom('admin', 'controller', 'viewer'),
        async (command, values, role) => {
          const answer = await execute(
            registry,
            fake.context,
            { actor: { ...ada, role }, place: room },
            { command, values },
          );
          expect(JSON.stringify(answer.lines)).not.toMatch(/ref [0-9a-f]{4}/);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a text', () => {
  it('is shortened between letters to at most the given length', () => {
    fc.assert(
      fc.property(wellFormed, fc.nat({ max: 140 }), (whole, most) => {
        const short = shorten(whole, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short.isWellFormed()).toBe(true);
        if (whole.length <= most) expect(short).toBe(whole);
        else if (most > 0) expect(whole.startsWith(short.slice(0, -1))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is cut to fit into a message, at whole lines first', () => {
    const measure = (measured: readonly Line[]) => plainText({ lines: measured }).length;
    fc.assert(
      fc.property(lines, fc.integer({ min: 20, max: 300 }), (whole, most) => {
        const fitting = fitLines(whole, { most, measure, more: (count) => `… ${count}` });
        expect(measure(fitting)).toBeLessThanOrEqual(most);
        if (measure(whole) <= most) expect(fitting).toBe(whole);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a message of Telegram', () => {
  it('is within the limits and shows the intended text for any names', () => {
    fc.assert(
      fc.property(reply, fc.constantFrom(...styles), (made, style) => {
        const message = renderMessage(made, { style, language: 'en', owner: 5, withoutLinks: false });
        const read = message.parse_mode ? parseHtml(message.text).text : message.text;
        expect(read.length).toBeLessThanOrEqual(4_096);
        expect(read.trim()).not.toBe('');
        const plain = plainText(made, style === 'plain').toWellFormed();
        if (plain.length <= 4_096 && plain.trim() !== '') expect(read).toBe(plain);
        for (const button of message.reply_markup?.inline_keyboard.flat() ?? []) {
          expect(button.text.trim()).not.toBe('');
          if ('callback_data' in button)
            expect(Buffer.byteLength(String(button.callback_data))).toBeLessThanOrEqual(64);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('a message of Discord', () => {
  it('is within the limits for any names', () => {
    fc.assert(
      fc.property(reply, fc.boolean(), (made, isCard) => {
        const { content, embeds, components } = renderReply({ ...made, ...(isCard ? { isCard } : {}) });
        expect(Array.from(content).length).toBeLessThanOrEqual(2_000);
        expect(Array.from(embeds[0]?.data.description ?? '').length).toBeLessThanOrEqual(4_096);
        expect(components.length).toBeLessThanOrEqual(5);
        const ids = components.flatMap((row) =>
          row.toJSON().components.map((each) => ('custom_id' in each ? each.custom_id : '')),
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(components.every((row) => row.components.length <= 5)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('contains no active Markdown from names', () => {
    fc.assert(
      fc.property(signs, (name) => {
        const written = toMarkdown([[name]]);
        // A backslash removes the meaning of the following character.
        const bare = written.replace(/\\[^a-z0-9\s]/gi, 'x');
        expect(bare).not.toMatch(/[*_~`|[\]<>\\]|https?:\S|discord(?:app)?\.\w|^\s*(?:[#+-]|\d+\.\s)/im);
        expect(written.replace(/\\([^a-z0-9\s])/gi, '$1')).toBe(name.toWellFormed());
        expect(sizeOf([[name]])).toBe(Array.from(written).length);
      }),
      { numRuns: 500 },
    );
  });
});
