import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import { play } from '../../src/actions/play.ts';
import { stop } from '../../src/actions/stop.ts';
import { card, cardStaleAt } from '../../src/commands/card.ts';
import type { Action, Reply } from '../../src/commands/reply.ts';
import type { BroadcastStatus } from '../../src/domain/broadcast-status.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import type { TroubleKind } from '../../src/domain/trouble.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

let http: FakeHttp;
beforeEach(async () => {
  http = await startFakeHttp();
});
afterEach(() => http.stop());

const minute = 60_000;
const idle: BroadcastStatus = {
  id: liveScreen,
  state: 'idle',
  channel: null,
  wanted: null,
  startedAt: null,
  askedBy: null,
  ...{
    sound: { tracks: [], track: null },
    firstSegment: null,
    attempt: null,
    reason: null,
    lastFailure: null,
    standsInFor: null,
    past: null,
    viewers: 0,
    bitrate: null,
    restarts: 0,
  },
};
const live: BroadcastStatus = {
  ...idle,
  ...{ state: 'live', channel: { id: mainId(1), name: 'TF1' }, startedAt: 1_795_000_000_000, viewers: 3 },
  askedBy: { id: 'discord:1', name: 'Ana' },
};

const render = (status: BroadcastStatus, language: 'en' | 'fr' = 'en') =>
  card(status, { context: http.context, screen: http.screen, language });

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
  buttons.flat().map((button) => ('url' in button ? button.url : textOfAction(button.action)));
const textOfAction = ({ command, values }: Action) =>
  command === 'record' ? `record ${values.join(' ')}` : values.join(' ') || command;

describe('the card', () => {
  it.each<[what: string, status: BroadcastStatus, lines: string[]]>([
    ['nothing', idle, ['Nothing is on air. Type /play and a channel’s name.']],
    ['a channel', live, ['● TF1 · on air', 'requested by Ana · age · 3 viewers']],
    [
      'one that is brought back',
      { ...live, state: 'recovering', attempt: { number: 2, of: 5 } },
      ['↻ TF1 · reconnecting, try 2', 'requested by Ana · age · 3 viewers'],
    ],
    [
      'another one on its way',
      { ...live, state: 'switching', wanted: { id: mainId(2), name: 'Arte', askedBy: null } },
      ['● TF1 · on air', 'requested by Ana · age · 3 viewers', 'Opening Arte…'],
    ],
    ['nobody to name', { ...live, askedBy: null, viewers: 1 }, ['● TF1 · on air', 'age · 1 viewer']],
    [
      'why it ended',
      { ...idle, reason: { code: 'channel_dead', params: {}, channel: { id: mainId(1), name: 'TF1' } } },
      ['✖ TF1 · The provider does not have this channel right now: try another version of it.'],
    ],
  ])('shows %s', (_what, status, lines) => {
    expect(text(render(status))).toEqual(lines);
  });

  it.each<[name: string, head: string]>([
    ['TF1', 'TF1 · on air'],
    ['TF1 HD', 'TF1 · HD · on air'],
    ['┃FR┃ TF1 ᶠᴴᴰ', 'TF1 · FHD · on air'],
    ['FR: TF1 4K', 'TF1 · UHD · on air'],
    ['FR TF1 FHD', 'TF1 · FHD · on air'],
    ['FR: Quatre 𝔘😀', 'Quatre U · on air'],
  ])('gives %s the title %s', (name, head) => {
    expect(text(render({ ...live, channel: { id: mainId(1), name } }))[0]).toBe(`● ${head}`);
  });

  it('says who had no free connection, also while nothing is on, and when that becomes outdated', () => {
    const { clients } = http.context;
    const { client } = clients.make('Kodi', 'kodi', owner);
    clients.refused(client, 'Arte', new AppError('no_slot', { capacity: 1, holders: 'TF1' }));
    expect(text(render(live)).at(-1)).toBe('⚠ Kodi had no free connection · age');
    expect(text(render(idle, 'fr')).slice(1)).toEqual(['⚠ Pas de connexion libre pour Kodi · age']);
    expect(cardStaleAt(idle, http.context)).toBe(http.clock.now() + 2 * minute);
  });

  it.each(['en', 'fr'] as const)('does not show 0 viewers, in %s', (language) => {
    const alone = { ...live, askedBy: null, startedAt: null, viewers: 0 };
    expect(text(render(alone, language))).toHaveLength(1);
    expect(text(render({ ...live, viewers: 0 }, language))[1]).toMatch(/Ana · age$/);
  });

  it('shows the programme with its progress and the next one, and when that becomes outdated', async () => {
    const now = http.clock.now();
    http.guide.push(
      { title: 'News', description: '', start: now - 7 * minute, stop: now + 13 * minute },
      { title: 'Film', description: '', start: now + 13 * minute, stop: now + 100 * minute },
    );
    http.context.guide.get(mainId(1));
    await http.clock.advance(0);
    expect(text(render(live)).slice(1, 4)).toEqual([
      'Now: News',
      '23:53 ▰▰▰▱▱▱▱▱▱▱ 00:13',
      'Next: 00:13 Film',
    ]);
    expect(cardStaleAt(live, http.context)).toBe(now + minute);
    await http.clock.advance(minute);
    expect(text(render(live))[2]).toContain('▰▰▰▰▱');
    expect(text(render(live, 'fr'))[1]).toBe('En ce moment : News');
  });

  it.each<[code: ErrorCode, is: string, en: string, fr: string]>([
    ['channel_dead', 'TF1 HD', 'TF1 FHD is gone: TF1 HD', 'TF1 FHD ne passe plus : TF1 HD'],
    ['channel_black', 'TF1', 'TF1 FHD is black: TF1', 'Image noire sur TF1 FHD : TF1'],
    ['channel_frozen', 'TF1 SD', 'TF1 FHD is frozen: TF1 SD', 'Image figée sur TF1 FHD : TF1 SD'],
    ['channel_ended', 'TF1 FHD 2', 'TF1 FHD is gone: TF1 FHD 2', 'TF1 FHD ne passe plus : TF1 FHD 2'],
  ])('says that a variant stands in after %s: %s', (code, is, en, fr) => {
    const status: BroadcastStatus = {
      ...live,
      channel: { id: mainId(2), name: is },
      standsInFor: { code, params: {}, channel: { id: mainId(1), name: 'TF1 FHD' } },
    };
    expect(text(render(status))[1]).toBe(`⚠ ${en}`);
    expect(text(render(status, 'fr'))[1]).toBe(`⚠ ${fr}`);
  });

  it('keeps the buttons of the chosen channel while a variant stands in', () => {
    const status: BroadcastStatus = {
      ...live,
      channel: { id: mainId(2), name: 'TF1 HD' },
      standsInFor: { code: 'channel_dead', params: {}, channel: { id: mainId(1), name: 'TF1 FHD' } },
    };
    expect(actions(render(status))).toContain('add ~1');
    expect(actions(render(status))).not.toContain('add ~2');
  });

  it.each<[kind: TroubleKind, en: string, fr: string]>([
    ['black', 'The picture has been black since 00:00', 'L’image est noire depuis 00:00'],
    ['frozen', 'The picture has not moved since 00:00', 'L’image est figée depuis 00:00'],
    [
      'notice',
      'The provider has shown a notice instead of the channel since 00:00',
      'Le fournisseur montre un avis à la place de la chaîne depuis 00:00',
    ],
    ['silent', 'There has been no sound since 00:00', 'Il n’y a plus de son depuis 00:00'],
    ['damaged', 'The picture has been damaged since 00:00', 'L’image arrive abîmée depuis 00:00'],
  ])('says what is wrong with the picture or sound: %s', (kind, en, fr) => {
    http.pictureHealth.set({ kind, since: Date.UTC(2026, 0, 1) });
    expect(text(render(live))[1]).toBe(`⚠ ${en}`);
    expect(text(render(live, 'fr'))[1]).toBe(`⚠ ${fr}`);
  });

  it('has a button to the best other variant where the picture is bad, but not to one that was left for that', async () => {
    const variants = await startFakeHttp({
      channels: ['TF1 FHD', 'TF1 SD', 'TF1 HD'].map((name, at) => ({
        id: mainId(at + 1),
        number: null,
        name,
        categoryId: null,
        logo: null,
        epgId: null,
        archiveDays: 0,
      })),
    });
    const first = (status: BroadcastStatus) =>
      card(status, { context: variants.context, screen: variants.screen, language: 'en' }).buttons?.[0]?.map(
        ({ label }) => label,
      );
    const onAir: BroadcastStatus = { ...live, channel: { id: mainId(1), name: 'TF1 FHD' } };
    expect(first(onAir)).not.toContain('▶ TF1 HD');
    variants.pictureHealth.set({ kind: 'black', since: 0 });
    expect(first(onAir)).toEqual(['▶ TF1 HD']);
    expect(
      first({
        ...onAir,
        channel: { id: mainId(3), name: 'TF1 HD' },
        standsInFor: { code: 'channel_black', params: {}, channel: { id: mainId(1), name: 'TF1 FHD' } },
      }),
    ).toEqual(['▶ TF1 SD']);
    await variants.stop();
  });

  it('has a button to the previous channel while that is in the list', async () => {
    const { context, screen } = http;
    const ana = { id: 'discord:1', name: 'Ana', role: 'controller' } as const;
    const show = () => actions(card(screen.broadcast.status, { context, screen, language: 'en' }));
    await play(context, screen, ana, { channelId: mainId(1) });
    expect(show()).not.toContain('~1');
    await play(context, screen, ana, { channelId: mainId(3) });
    await play(context, screen, ana, { channelId: mainId(3) });
    expect(show()[0]).toBe('~1');
    await stop(context, screen, ana);
    expect(show()).toEqual(['~3']);
    context.history.begin(
      { channelId: mainId(99), channelName: 'Gone', askedBy: ana, startedAt: 0 },
      liveScreen,
    );
    expect(show()).toEqual([]);
  });

  it('has the channel’s logo where the chat’s servers can fetch it', () => {
    const { context, screen } = http;
    const logosUrl = 'https://tv.example/api/logo';
    const shown = (status: BroadcastStatus) =>
      card(status, { context: { ...context, logosUrl }, screen, language: 'en' }).picture;
    expect(shown(live)).toBe('https://tv.example/api/logo/1');
    expect(shown({ ...live, channel: { id: mainId(2), name: 'Without' } })).toBeUndefined();
    expect(shown(idle)).toBeUndefined();
    expect(render(live).picture).toBeUndefined();
  });

  it('has the button to watch first, and those that disturb everybody last', () => {
    const watchUrl = 'https://tv.example/watch';
    const { context, screen } = http;
    const shown = {
      context: { ...context, watchUrl: () => watchUrl, publicUrl: 'https://tv.example' },
      screen,
      language: 'en',
    } as const;
    expect(card(live, shown).buttons).toEqual([
      [{ label: '▶ Watch', url: watchUrl }],
      [{ label: '▲ Canal+', action: { command: 'play', values: ['~2', '', 'up'] } }],
      [
        { label: '★', action: { command: 'fav', values: ['add', '~1'] } },
        { label: 'VLC', action: { command: 'vlc', values: ['~1'] } },
        { label: '● Record', action: { command: 'record', values: ['~1'] } },
        { label: '↻ Restart', action: { command: 'restart', values: [] } },
        { label: '■ Stop', action: { command: 'stop', values: [] }, style: 'danger' },
      ],
    ]);
    expect(actions(card(idle, shown))).toEqual([watchUrl]);
    expect(actions(render(idle))).toEqual([]);
    const wanted = { id: mainId(1), name: 'TF1', askedBy: null };
    expect(actions(render({ ...idle, state: 'starting', wanted }))).toEqual(['stop']);
  });

  it('has a button for clips where a past is kept, which fits beside all others', () => {
    const { context, screen } = http;
    const full = { ...context, watchUrl: () => 'https://tv.example/watch', publicUrl: 'https://tv.example' };
    const kept = { ...screen, past: { edge: 1_795_000_000_000 } };
    const { buttons = [] } = card(live, { context: full, screen: kept, language: 'en' });
    // Discord shows five rows of five.
    expect(buttons.length).toBeLessThanOrEqual(5);
    expect(Math.max(...buttons.map((row) => row.length))).toBe(5);
    expect(buttons.at(-1)?.map(({ label }) => label)).toEqual([
      ...['★', 'VLC', '● Record', '↻ Restart', '■ Stop'],
    ]);
    expect(buttons.flat()).toContainEqual({ label: '🎬 Clip', action: { command: 'clip', values: [] } });
    const idly = card(idle, { context: full, screen: kept, language: 'en' });
    expect(actions(idly)).toEqual(['https://tv.example/watch']);
  });

  it('never has two buttons with the same action, which services refuse', async () => {
    const { context, screen } = http;
    const ana = { id: 'discord:1', name: 'Ana', role: 'controller' } as const;
    // TF1 HD is the list's only other one, and was on before.
    await play(context, screen, ana, { channelId: mainId(1) });
    await stop(context, screen, ana);
    const reason = { code: 'channel_dead', params: {}, channel: { id: mainId(9), name: 'TF1 SD' } } as const;
    expect(actions(render({ ...idle, reason }))).toEqual(['~1']);
    await play(context, screen, ana, { channelId: mainId(2) });
    const shown = (card(screen.broadcast.status, { context, screen, language: 'en' }).buttons ?? []).flat();
    expect(shown.map(({ label }) => label)).toEqual([
      '◀ TF1',
      '▲ TF1',
      '★',
      '● Record',
      '↻ Restart',
      '■ Stop',
    ]);
    expect(new Set(shown.map((each) => JSON.stringify('action' in each && each.action))).size).toBe(6);
  });

  it('cuts a label between characters, never within one', async () => {
    const { context } = http;
    const long = `Quatre ${'👨‍👩‍👧 '.repeat(20)}`;
    context.history.begin(
      { channelId: mainId(2), channelName: long, askedBy: null, startedAt: 0 },
      liveScreen,
    );
    const [label = ''] = (render(live).buttons ?? []).flat().map((each) => each.label);
    expect(label.length).toBeLessThanOrEqual(40);
    expect(label.isWellFormed()).toBe(true);
  });
});
