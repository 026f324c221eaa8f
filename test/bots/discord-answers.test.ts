import { afterEach, describe, expect, it } from 'vitest';
import { MENU_ID } from '../../src/bots/discord/render-message.ts';
import type { Call } from '../../src/commands/command.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { call, ids } from '../fakes/discord/scene.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const EDIT = 'PATCH /webhooks/:application/:token/messages/:message';
const REMOVE = 'DELETE /webhooks/:application/:token/messages/:message';
let room: Room;
afterEach(() => room.stop());

const anna = () => room.discord.fake.user(ids.anna);
const shown = (channel: string = ids.tv) => room.discord.fake.messages(channel).map(({ content }) => content);
const text = (line: string, more: Partial<Reply> = {}): Reply => ({
  lines: [[line]],
  isPrivate: false,
  ...more,
});
const privately = (line: string) => text(line, { isPrivate: true });

/** /status is public and answers as the test decides; everybody in the room is a controller. */
async function roomWhere(run: (call: Call<unknown>) => Promise<Reply>, isTimeFake = false): Promise<void> {
  room = await startRoom({
    listed: { discord: idsByRole({ controller: [ids.dj], admin: [ids.boss] }), telegram: idsByRole({}) },
    commands: { ...registry, status: { ...registry.status, run } },
    isTimeFake,
  });
  await room.startDiscord();
}

/** A public message with a button for /status. */
async function publicMessage(): Promise<string> {
  const button = { type: 2, style: 2, label: 'Status', custom_id: 'v1:status' };
  const { json } = await call(room.discord.fake, 'POST', `/channels/${ids.tv}/messages`, {
    content: 'Press here.',
    allowed_mentions: { parse: [] },
    components: [{ type: 1, components: [button] }],
  });
  return String(json.id);
}

describe('a progress message', () => {
  it('replaces “thinking” until the answer replaces it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await roomWhere(async ({ show }) => {
      show(text('Opening TF1…'));
      await promise;
      return text('TF1 is on.');
    });
    const reply = anna().command(ids.tv, 'status');
    await reply.until(({ message }) => message?.content === 'Opening TF1…');
    resolve();
    await reply.until(({ message }) => message?.content === 'TF1 is on.');
    expect(shown()).toEqual(['TF1 is on.']);
    expect(room.discord.fake.violations).toEqual([]);
  });

  it('is private after a press on a public message, and is removed with the answer', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await roomWhere(async ({ show }) => {
      show(text('Opening TF1…'));
      await promise;
      return text('TF1 is on.');
    });
    const pressed = await anna()
      .press(await publicMessage(), 'v1:status')
      .followedUp();
    expect(pressed.followups[0]).toMatchObject({ content: 'Opening TF1…', flags: 64 });
    expect(shown()).toEqual(['Press here.']);
    resolve();
    await pressed.until(
      ({ message, followups }) => message?.content === 'TF1 is on.' && followups.length === 0,
    );
  });

  it('is not shown once there is an answer', async () => {
    await roomWhere(async ({ show }) => {
      setTimeout(() => show(text('late')), 50);
      return text('TF1 is on.');
    });
    const reply = await anna().command(ids.tv, 'status').answered();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(reply.message?.content).toBe('TF1 is on.');
  });
});

describe('a silent answer', () => {
  it('removes the deferred answer', async () => {
    await roomWhere(async ({ show }) => {
      show(text('Opening TF1…'));
      return text('', { lines: [], isSilent: true });
    });
    const reply = await anna().command(ids.tv, 'status').acknowledged();
    await until(() => shown().length === 0 && room.discord.fake.count(REMOVE) === 1);
    expect(reply.followups).toEqual([]);
  });

  it('leaves the pressed message unchanged', async () => {
    await roomWhere(async () => text('', { lines: [], isSilent: true }));
    await anna()
      .press(await publicMessage(), 'v1:status')
      .acknowledged();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(shown()).toEqual(['Press here.']);
  });
});

describe('a private answer in a public place', () => {
  it('arrives although a moderator deleted the deferred answer', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await roomWhere(async () => {
      await promise;
      return privately('Only for you.');
    });
    const reply = await anna().command(ids.tv, 'status').acknowledged();
    const [thinking] = room.discord.fake.messages(ids.tv);
    room.discord.fake.deleteMessage(thinking?.id ?? '');
    resolve();
    await reply.followedUp();
    expect(reply.followups[0]).toMatchObject({ content: 'Only for you.', flags: 64 });
  });

  it('is never posted publicly during an outage', async () => {
    await roomWhere(async () => privately('Only for you.'), true);
    // The library makes four tries.
    room.discord.fake.failNext(REMOVE, { status: 500 }, 4);
    const reply = await anna().command(ids.tv, 'status').acknowledged();
    await until(() => room.log().includes('trying again'));
    await room.http.clock.advance(2_000);
    await reply.followedUp();
    expect(reply.followups[0]).toMatchObject({ content: 'Only for you.', flags: 64 });
    expect(shown()).toEqual([]);
  }, 20_000);

  it('is sent by private message once the interaction has expired', async () => {
    await roomWhere(async () => {
      room.discord.clock.skip(16 * 60_000);
      return privately('Only for you.');
    });
    anna().command(ids.tv, 'status');
    await until(() => room.discord.fake.dms(ids.anna).length === 1);
    expect(room.discord.fake.dms(ids.anna)[0]?.content).toBe('Only for you.');
    expect(shown()).not.toContain('Only for you.');
  });
});

describe('a public answer', () => {
  it('is retried after a while during an outage', async () => {
    await roomWhere(async () => text('TF1 is on.'), true);
    room.discord.fake.failNext(EDIT, { status: 500 }, 4);
    const reply = await anna().command(ids.tv, 'status').acknowledged();
    await until(() => room.log().includes('trying again'));
    expect(reply.message).toBeNull();
    await room.http.clock.advance(2_000);
    await reply.until(({ message }) => message?.content === 'TF1 is on.');
  }, 20_000);

  it('is posted in the channel once the interaction has expired', async () => {
    await roomWhere(async () => {
      room.discord.clock.skip(16 * 60_000);
      return text('TF1 is on.');
    });
    anna().command(ids.tv, 'status');
    await until(() => shown().includes('TF1 is on.'));
  });

  it('becomes a plain sentence if Discord refuses it', async () => {
    await roomWhere(async () => text('x'));
    room.discord.fake.failNext(EDIT, { status: 400, code: 50035 });
    room.discord.fake.failNext('POST /channels/:channel/messages', { status: 400, code: 50035 });
    const reply = await anna().command(ids.tv, 'status').answered();
    expect(reply.message?.content).toMatch(/Something broke/);
  });
});

describe('a failing database', () => {
  it('leaves no endless “thinking” and no suggestions that load for ever', async () => {
    room = await startRoom({
      listed: { discord: idsByRole({ controller: [ids.dj] }), telegram: idsByRole({}) },
      wrap: (context) => ({
        ...context,
        people: Object.create(context.people, {
          find: {
            value: () => {
              throw new Error('database is locked');
            },
          },
        }),
      }),
    });
    await room.startDiscord();
    const reply = await anna().command(ids.tv, 'status', {}, { locale: 'en-GB' }).followedUp();
    expect(reply.followups[0]).toMatchObject({
      flags: 64,
      content: expect.stringMatching(/ref [0-9a-f]+|réf/),
    });
    expect((await anna().autocomplete(ids.tv, 'play', 'channel', 'tf').answered()).choices).toEqual([]);
    expect(room.log()).toContain('database is locked');
  });
});

describe('a press that arrives too late', () => {
  it('does nothing', async () => {
    let calls = 0;
    await roomWhere(async () => {
      calls++;
      return text('done');
    });
    room.discord.fake.failNext('POST /interactions/:interaction/:token/callback', {
      status: 404,
      code: 10062,
    });
    anna().command(ids.tv, 'status');
    await until(() => room.log().includes('was dropped'));
    expect(calls).toBe(0);
    expect(room.log()).not.toContain('"level":50');
  });
});

describe('a menu', () => {
  it('runs the chosen action as a button does', async () => {
    await roomWhere(async ({ values: [value = ''] }) =>
      value === ''
        ? {
            ...privately('Which one?'),
            menu: {
              placeholder: 'Choose a channel',
              choices: [
                { label: 'TF1', description: 'HD', action: { command: 'status', values: ['#1'] } },
                { label: 'Arte', action: { command: 'status', values: ['#3'] } },
              ],
            },
          }
        : text(`It is ${value}.`),
    );
    const asked = await anna().command(ids.tv, 'status').followedUp();
    const question = asked.followups[0];
    const chosen = anna().select(question?.id ?? '', MENU_ID, ['v1:status:#3']);
    await until(() => shown().includes('It is #3.'));
    // The private question is removed.
    await chosen.until(({ message }) => message === null);
    expect(room.discord.fake.violations).toEqual([]);
  });
});

describe('a notice to admins', () => {
  it('arrives by private message, once a day for each stranger', async () => {
    await roomWhere(async () => ({ ...privately('Hello.'), toAdmins: privately('Anna asks to be let in.') }));
    await anna().command(ids.tv, 'status').followedUp();
    await until(() => room.discord.fake.dms(ids.boss).length === 1);
    await anna().command(ids.tv, 'status').followedUp();
    expect(room.discord.fake.dms(ids.boss).map(({ content }) => content)).toEqual([
      'Anna asks to be let in.',
    ]);
  });
});

describe('a missing permission for the card', () => {
  it('is reported to the asker once, in the words of /doctor', async () => {
    await roomWhere(async () => text('● TF1', { isCard: true }));
    room.discord.fake.withdraw(ids.tv, 'VIEW_CHANNEL');
    const reply = await anna().command(ids.tv, 'status', {}, { locale: 'en-GB' }).followedUp();
    expect(reply.followups[0]).toMatchObject({ flags: 64, content: expect.stringContaining('View Channel') });
    const again = await anna().command(ids.tv, 'status').answered();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(again.followups).toEqual([]);
  });
});
