import type { APIMessage } from 'discord.js';
import type { SampleCall } from '../commands/every-call.ts';
import type { Reply } from '../fakes/discord/reply.ts';
import { ids } from '../fakes/discord/scene.ts';
import type { FakeUser as DiscordUser } from '../fakes/discord/users.ts';

/** Makes the call in Discord, where people are chosen from a list. */
export function callInDiscord(user: DiscordUser, { name, verb, given }: SampleCall, locale = 'fr'): Reply {
  const { person, ...texts } = given;
  const options = person === undefined ? texts : { ...texts, person: person.split(' ')[0] ?? '' };
  // As if the server's admins had allowed every command to everybody.
  return user.command(ids.tv, verb === null ? name : `${name} ${verb}`, options, {
    locale,
    overridden: true,
  });
}

/** The call as typed in Telegram. */
export function textInTelegram({ name, values }: SampleCall): string {
  return [`/${name}`, ...values].join(' ').trim();
}

/** The readable text of a Discord message, including its embeds. */
export function readIn(message: Pick<APIMessage, 'content' | 'embeds'> | null | undefined): string {
  const details = message?.embeds.flatMap(({ description }) => description ?? []) ?? [];
  return [message?.content ?? '', ...details].join('\n');
}

/** Waits for the final answer, past progress such as "Opening TF1…". */
export async function finished(reply: Reply, timeoutMs?: number): Promise<Reply> {
  await reply.answered(timeoutMs);
  return reply.until(({ message, followups }) => {
    const shown = [...(message ? [message] : []), ...followups];
    return shown.length > 0 && !shown.some(({ content }) => /^(Opening|Ouverture de) .*…$/.test(content));
  }, timeoutMs);
}
