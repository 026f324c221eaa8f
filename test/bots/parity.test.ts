import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyCall, type SampleCall } from '../commands/every-call.ts';
import { walkComponents } from '../fakes/discord/component-tree.ts';
import { ids } from '../fakes/discord/scene.ts';
import { callInDiscord, finished, readIn, textInTelegram } from './calling.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

const ADMIN = 7;
const listed = { discord: idsByRole({ admin: [ids.boss] }), telegram: idsByRole({ admin: [ADMIN] }) };

/** The text and buttons that a person sees. */
interface Outcome {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** One room per platform, so that both start from the same state. */
let rooms: { readonly discord: Room; readonly telegram: Room };
beforeEach(async () => {
  const [discord, telegram] = await Promise.all([startRoom({ listed }), startRoom({ listed })]);
  rooms = { discord, telegram };
  await Promise.all([discord.startDiscord(), telegram.startTelegram()]);
  await telegram.telegram.user(ADMIN, { first_name: 'Boss', language_code: 'fr' }).start().reply();
});
afterEach(() => Promise.all([rooms.discord.stop(), rooms.telegram.stop()]));

async function inDiscord(call: SampleCall): Promise<Outcome> {
  const { fake } = rooms.discord.discord;
  const letters = fake.dms(ids.boss).length;
  const reply = callInDiscord(fake.user(ids.boss), call);
  await finished(reply);
  const message = fake.dms(ids.boss)[letters] ?? reply.message ?? reply.followups[0];
  const components = [...walkComponents(message?.components ?? [], [])].map(({ component }) => component);
  return {
    text: withoutMarkup(readIn(message)),
    // A Discord menu is one button per choice in Telegram, with its description in the label.
    buttons: components.flatMap(({ label, options = [] }) =>
      [
        label,
        ...options.map((option) => [option.label, option.description].filter(Boolean).join(' · ')),
      ].filter((each) => typeof each === 'string'),
    ),
  };
}

async function inTelegram(call: SampleCall): Promise<Outcome> {
  const { telegram } = rooms.telegram;
  const message = await telegram.user(ADMIN).say(ADMIN, textInTelegram(call)).reply();
  const buttons = message.buttons.flat();
  return { text: withoutMarkup(message.text), buttons };
}

/** Drops the markup, times and ids: Discord uses the reader's time zone, Telegram the server's, and ids differ by place. */
function withoutMarkup(text: string): string {
  return text
    .replace(/<t:\d+:\w>|(?:\d{4}-\d{2}-\d{2} )?\d{2}:\d{2}/g, '(time)')
    .replace(/(identifiant de cette discussion : )-?\d+/, '$1(id)')
    .replace(/<(https?:[^>]+)>/g, '$1')
    .replace(/\\(.)/g, '$1')
    .replace(/\*\*|`/g, '');
}

describe('every command', () => {
  it.each(everyCall)('$title gives the same text and buttons in Discord and in Telegram', async (call) => {
    const [one, other] = await Promise.all([inDiscord(call), inTelegram(call)]);
    expect(one.text).not.toBe('');
    expect(one).toEqual(other);
  });

  it('does so when all commands run in sequence', async () => {
    for (const call of everyCall) {
      const [one, other] = await Promise.all([inDiscord(call), inTelegram(call)]);
      expect(one, call.title).toEqual(other);
    }
  }, 30_000);
});
