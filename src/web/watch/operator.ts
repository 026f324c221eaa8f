import { signal } from '@preact/signals';
import { api } from '../common/api.ts';
import { loggedOut } from '../common/events.ts';
import { fallBackTo } from '../common/language.ts';
import { isEmbedded } from './embed.ts';
import { offeredReactions } from './reactions.ts';

/** Whether this browser may choose channels: the page then has a remote. */
export const operator = signal(false);

/** The address to pass on: where viewers need a key, operators are given one that has it. */
export const watchAddress = signal(`${location.origin}/watch`);

/** Asks again when our session has ended. Who may watch no more gets the server's page, which says how to get in. */
export function followLogOut(): void {
  const ask = async () => {
    if ((await askWhoWeAre()) === false) location.reload();
  };
  loggedOut.subscribe((times) => {
    if (times > 0) void ask();
  });
}

/** Asks who we are, and what we may do; the page does without an answer. @returns whether we may watch; null: no answer */
export async function askWhoWeAre(): Promise<boolean | null> {
  try {
    const info = await api.info();
    fallBackTo(info.language);
    operator.value = info.may.includes('play');
    watchAddress.value = info.addresses.watch;
    // a frame has nothing to press
    if (!isEmbedded) offeredReactions.value = info.reactions;
    return info.can_watch;
  } catch {
    // then it is a viewer's page, in the browser's language
    return null;
  }
}
