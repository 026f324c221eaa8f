import type { APIAllowedMentions } from 'discord.js';

interface Mentioning {
  readonly content?: string | null | undefined;
  readonly allowed_mentions?: APIAllowedMentions | null | undefined;
}

/** The targets that a message notifies: `everyone`, `role:<id>`, `user:<id>`. All that it names without `allowed_mentions`. */
export function pingsOf({ content, allowed_mentions: allowed }: Mentioning): readonly string[] {
  const text = content ?? '';
  const may = (kind: 'everyone' | 'roles' | 'users', id?: string) => {
    if (!allowed) return true;
    if (allowed.parse?.some((parsed) => parsed === kind)) return true;
    if (id === undefined) return false;
    return kind === 'roles' ? !!allowed.roles?.includes(id) : !!allowed.users?.includes(id);
  };
  const pings = new Set<string>();
  if (/@(everyone|here)\b/.test(text) && may('everyone')) pings.add('everyone');
  for (const [, id = ''] of text.matchAll(/<@&(\d+)>/g)) if (may('roles', id)) pings.add(`role:${id}`);
  for (const [, id = ''] of text.matchAll(/<@!?(\d+)>/g)) if (may('users', id)) pings.add(`user:${id}`);
  return [...pings];
}

/** Whether the message forbids all notifications. */
export function isSilent({ allowed_mentions: allowed }: Mentioning): boolean {
  return !!allowed && allowed.parse?.length === 0 && !allowed.users?.length && !allowed.roles?.length;
}
