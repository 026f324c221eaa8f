import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { card, cardStaleAt } from '../../src/commands/card.ts';
import { stop } from '../../src/commands/control.ts';
import { play } from '../../src/commands/put-on-air.ts';
import type { Reply } from '../../src/commands/reply.ts';
import type { BroadcastStatus } from '../../src/domain/broadcast-status.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let http: FakeHttp;
beforeEach(async () => {
  http = await startFakeHttp();
});
afterEach(() => http.stop());

const minute = 60_000;
const idle: BroadcastStatus = {
  ...{ id: 'live', state: 'idle', channel: null, wanted: null, startedAt: null, askedBy: null },
  ...{
    sound: { tracks: [], track: null },
    firstSegment: null,
    attempt: null,
    reason: null,
    lastFailure: null,
    viewers: 0,
    bitrate: null,
    restarts: 0,
  },
};
const live: BroadcastStatus = {
  ...idle,
  ...{ state: 'live', channel: { id: 1, name: 'TF1' }, startedAt: 1_795_000_000_000, viewers: 3 },
  askedBy: { id: 'discord:1', name: 'Ana' },
};

const render = (status: BroadcastStatus, language: 'en' | 'fr' = 'en') =>
  card(status, http.context.commands, language);

/** As one reads it: times as `12:00`, ages as `age`. */
function text({ lines }: Reply): string[] {
  return lines.map((line) =>
    line
      .map((span) => {
        if (typeof span === 'string') return span;
        if ('bold' in span) return span.bold;
        if ('clock' in span) return new Date(span.clock).toISOString().slice(11, 16);
        return 'ago' in span ? 'age' : '';
      })
      .join(''),
  );
}

const actions = ({ buttons = [] }: Reply) =>
  buttons
    .flat()
    .map((button) =>
      'url' in button ? button.url : button.action.values.join(' ') || button.action.command,
    );

describe('the card', () => {
  it.each<[what: string, status: BroadcastStatus, lines: string[]]>([
    ['nothing', idle, ['Nothing is on. /play and a name puts a channel on.']],
    ['a channel', live, ['● TF1 · on air', 'asked for by Ana · age · 3 viewers']],
    [
      'one that is brought back',
      { ...live, state: 'recovering', attempt: { number: 2, of: 5 } },
      ['↻ TF1 · reconnecting 2/5', 'asked for by Ana · age · 3 viewers'],
    ],
    [
      'another one on its way',
      { ...live, state: 'switching', wanted: { id: 2, name: 'Arte', askedBy: null } },
      ['● TF1 · on air', 'asked for by Ana · age · 3 viewers', 'Opening Arte …'],
    ],
    ['nobody to name', { ...live, askedBy: null, viewers: 1 }, ['● TF1 · on air', 'age · 1 viewer']],
    [
      'why it ended',
      { ...idle, reason: { code: 'channel_dead', params: {}, channel: { id: 1, name: 'TF1' } } },
      ['✖ TF1 · The provider does not have this channel right now: try another version of it.'],
    ],
  ])('shows %s', (_what, status, lines) => {
    expect(text(render(status))).toEqual(lines);
  });

  it.each<[name: string, state: string]>([
    ['TF1', 'on air'],
    ['TF1 HD', 'on air'],
    ['TF1 ᶠᴴᴰ', 'FHD · on air'],
    ['TF1 4K', 'UHD · on air'],
  ])('says the quality of %s where the name does not: %s', (name, state) => {
    expect(text(render({ ...live, channel: { id: 1, name } }))[0]).toBe(`● ${name} · ${state}`);
  });

  it('shows the programme with its progress and the time of the next, and how long that is true', async () => {
    const now = http.clock.now();
    http.guide.push(
      { title: 'News', description: '', start: now - 7 * minute, stop: now + 13 * minute },
      { title: 'Film', description: '', start: now + 13 * minute, stop: now + 100 * minute },
    );
    http.context.guide.get(1);
    await http.clock.advance(0);
    expect(text(render(live)).slice(1, 4)).toEqual([
      'Now: News',
      '23:53 ▰▰▰▱▱▱▱▱▱▱ 00:13',
      'Next: 00:13 Film',
    ]);
    expect(cardStaleAt(live, http.context.commands)).toBe(now + minute);
    await http.clock.advance(minute);
    expect(text(render(live))[2]).toContain('▰▰▰▰▱');
    expect(text(render(live, 'fr'))[1]).toBe('En ce moment: News');
  });

  it('leads back to what was on before, as long as that is in the list', async () => {
    const { commands } = http.context;
    const ana = { id: 'discord:1', name: 'Ana' };
    const show = () => actions(card(commands.broadcast.status, commands, 'en'));
    await play(commands, 1, ana);
    expect(show()[0]).toBe('stop');
    expect(show()).not.toContain('#1');
    await play(commands, 3, ana);
    await play(commands, 3, ana);
    expect(show().slice(0, 2)).toEqual(['stop', '#1']);
    await stop(commands, ana);
    expect(show()).toEqual(['#3']);
    commands.history.begin({ channelId: 99, channelName: 'Gone', askedBy: ana, startedAt: 0 });
    expect(show()).toEqual([]);
  });

  it('has the channel’s logo, where the chat’s servers can fetch it', () => {
    const { commands } = http.context;
    const logosUrl = 'https://tv.example/api/logo';
    const shown = (status: BroadcastStatus) => card(status, { ...commands, logosUrl }, 'en').picture;
    expect(shown(live)).toBe('https://tv.example/api/logo/1');
    expect(shown({ ...live, channel: { id: 2, name: 'Without' } })).toBeUndefined();
    expect(shown(idle)).toBeUndefined();
    expect(render(live).picture).toBeUndefined();
  });

  it('has the buttons that make sense', async () => {
    expect(actions(render(idle))).toEqual([]);
    expect(actions(render(live))[0]).toBe('stop');
    const watchUrl = 'https://tv.example/watch';
    const { commands } = http.context;
    expect(actions(card(live, { ...commands, watchUrl }, 'en')).at(-1)).toBe(watchUrl);
    expect(actions(card(idle, { ...commands, watchUrl }, 'en'))).toEqual([watchUrl]);
    // TF1 HD is the list's only other one.
    const reason = { code: 'channel_dead', params: {}, channel: { id: 9, name: 'TF1 SD' } } as const;
    expect(actions(render({ ...idle, reason }))).toEqual(['#1']);
  });
});
