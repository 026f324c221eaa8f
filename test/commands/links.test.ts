import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandRequest, execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import type { Actor, Language } from '../../src/domain/actor.ts';
import type { Span } from '../../src/words/line.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const BASE = 'https://tv.example.org';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ publicUrl: BASE });
});
afterEach(() => fake.stop());

const ana = viewer('1', 'Ana');
const bob = viewer('2', 'Bob');

describe('/vlc', () => {
  it.each(['tf1', '#1', ' TF1 HD '])('%s gives a link that plays the channel', async (wish) => {
    const reply = await run(ana, 'vlc', wish);
    const [token = ''] = tokensIn(reply);
    expect(fake.context.links.find(token)).toMatchObject({ channelId: mainId(1), person: { name: 'Ana' } });
    expect(reply).toMatchObject({
      isPrivate: true,
      direct: { command: 'vlc', values: ['~1'] },
      buttons: [[{ url: `${BASE}/vlc/${token}.m3u` }]],
    });
  });

  it('shows the day and time when the link ends', async () => {
    const spans = (await run(ana, 'vlc', '#1')).lines.flat();
    expect(spans).toContainEqual({ clock: fake.clock.now() + 24 * 60 * 60_000, withDate: true });
  });

  it('makes a link to the channel on air where none is named', async () => {
    expect(text(await run(ana, 'vlc', ''))).toContain('Which channel? Type /vlc');
    await run(ana, 'play', '#3');
    expect(text(await run(ana, 'vlc'))).toContain('Arte');
    expect(fake.context.links.of(ana.actor.id)).toMatchObject([{ channelId: mainId(3) }]);
  });

  it('shows the channel’s title', async () => {
    await fake.stop();
    const channel = { number: null, categoryId: null, logo: null, epgId: null, archiveDays: 0 };
    fake = await startFakeHttp({
      publicUrl: BASE,
      channels: [{ id: mainId(1), name: '┃FR┃ TF1 ᶠᴴᴰ', ...channel }],
    });
    expect(text(await run(ana, 'vlc', 'tf1'))).toMatch(/^TF1 FHD · /);
  });

  it('offers channels for an ambiguous name, without a link yet', async () => {
    await fake.stop();
    const channel = { number: null, categoryId: null, logo: null, epgId: null, archiveDays: 0 };
    fake = await startFakeHttp({
      publicUrl: BASE,
      channels: [
        { id: mainId(1), name: 'Sport 1', ...channel },
        { id: mainId(2), name: 'Sport 2', ...channel },
      ],
    });
    const reply = await run(ana, 'vlc', 'sport');
    expect(reply.menu?.choices).toMatchObject([
      { action: { command: 'vlc', values: ['~1'] } },
      { action: { command: 'vlc', values: ['~2'] } },
    ]);
    expect(reply.direct).toBeUndefined();
    expect(fake.context.links.of(ana.actor.id)).toEqual([]);
  });

  it.each([
    ['#999', 'no longer in the list'],
    ['qqqqxxxx', 'No channel matches'],
  ])('explains what is wrong with %s', async (wish, words) => {
    expect(text(await run(ana, 'vlc', wish))).toContain(words);
  });

  it('has a button on the card of the channel on air', async () => {
    const button = { label: 'VLC', action: { command: 'vlc', values: ['~1'] } };
    expect((await run(ana, 'status')).buttons?.flat()).not.toContainEqual(button);
    expect((await run(ana, 'play', '#1')).buttons?.flat()).toContainEqual(button);
  });

  it('requires an address and a viewer', async () => {
    const stranger = { ...ana, actor: { ...ana.actor, role: null } };
    expect(text(await run(stranger, 'vlc', '#1'))).toContain('Only the owner of this server may use me');
    await fake.stop();
    fake = await startFakeHttp();
    expect(text(await run(ana, 'vlc', '#1'))).toContain('I do not know the address');
    expect((await run(ana, 'play', '#1')).buttons?.flat()).not.toContainEqual(
      expect.objectContaining({ label: 'VLC' }),
    );
  });
});

describe('/links', () => {
  it('says that there are no links', async () => {
    await run(bob, 'vlc', '#1');
    expect(text(await run(ana, 'links'))).toBe('You have no private links. /vlc makes one.');
  });

  it('lists the asker’s links, newest first, with last use, players and expiry', async () => {
    for (const id of ['#1', '#2', '#3']) {
      await run(ana, 'vlc', id);
      await fake.clock.advance(60_000);
    }
    const [arte, canal] = fake.context.links.of(ana.actor.id);
    if (!arte || !canal) throw new Error('no private links');
    const player = { backlog: 0, stop: async () => {} };
    fake.context.links.admit(arte, 'VLC', player);
    fake.context.links.admit(canal, 'VLC', player)();
    const { lines, buttons } = await run(ana, 'links');
    const used = { clock: fake.clock.now(), withDate: true };
    expect(lines.slice(1).map((line) => line.map(plain).join(''))).toEqual([
      `1. Arte · playing on 1 device · until ${arte.expiresAt}`,
      `2. Canal+ · last used ${used.clock} · until ${canal.expiresAt}`,
      expect.stringMatching(/^3\. TF1 · never used · until \d+$/),
    ]);
    expect(buttons?.map(([button]) => button?.label)).toEqual([
      '✖ 1. Arte',
      '✖ 2. Canal+',
      '✖ 3. TF1',
      '✖ End all',
    ]);
  });

  it('shows the links that match a misspelt word, or all where none match', async () => {
    for (const id of ['#1', '#2', '#3']) await run(ana, 'vlc', id);
    const shown = async (word: string) =>
      (await run(ana, 'links', word)).buttons?.map(([button]) => button?.label);
    expect(await shown('cannal')).toEqual(['✖ 1. Canal+']);
    expect(await shown('xyzzy')).toHaveLength(4);
    const [first] = (await run(ana, 'links', 'arte')).buttons?.[0] ?? [];
    if (!first || !('action' in first)) throw new Error('no button');
    expect(text(await run(ana, 'links', ...first.action.values))).not.toContain('Arte');
  });

  it('ends one link by its button, and lists the others', async () => {
    const [one = ''] = tokensIn(await run(ana, 'vlc', '#1'));
    const [two = ''] = tokensIn(await run(ana, 'vlc', '#2'));
    const [first] = (await run(ana, 'links')).buttons?.[1] ?? [];
    if (!first || !('action' in first)) throw new Error('no button');
    const left = await run(ana, 'links', ...first.action.values);
    expect(text(left)).not.toContain('TF1');
    expect(() => fake.context.links.find(one)).toThrow('link_invalid');
    fake.context.links.find(two);
    expect(text(await run(ana, 'links', 'end', 'all'))).toContain('no private links');
    expect(() => fake.context.links.find(two)).toThrow('link_invalid');
  });

  it.each([['end', '1'], ['end', 'all'], ['end', ''], ['end', 'x'], ['end'], ['end 1']])(
    "ends nothing of somebody else's by a forged %s %s",
    async (...values) => {
      const [token = ''] = tokensIn(await run(ana, 'vlc', '#1'));
      expect(fake.context.links.find(token).id).toBe(1);
      await run(bob, 'links', ...values);
      fake.context.links.find(token);
      if (values[1] !== '1' && values[1] !== 'all') {
        await run(ana, 'links', ...values);
        fake.context.links.find(token);
      }
    },
  );
});

function viewer(id: string, name: string, language: Language = 'en'): CommandRequest {
  const actor: Actor = { platform: 'discord', id: `discord:${id}`, name, role: 'viewer', language };
  return { actor, place: { id: 'discord:9', platform: 'discord', language, isPrivate: false } };
}

function run(asked: CommandRequest, command: string, ...values: string[]): Promise<Reply> {
  return execute(registry, fake.context, asked, { command, values });
}

function plain(span: Span): string {
  if (typeof span === 'string') return span;
  return String(Object.values(span)[0]);
}

function text(reply: Reply): string {
  return reply.lines.map((line) => line.map(plain).join('')).join('\n');
}

function tokensIn(reply: Reply): string[] {
  return [...text(reply).matchAll(/https:\/\/tv\.example\.org\/vlc\/([\w-]+)\.ts/g)].map(
    ([, token = '']) => token,
  );
}
