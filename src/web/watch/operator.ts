import { computed, signal } from '@preact/signals';
import { api } from '../common/api.ts';
import { loggedOut } from '../common/events.ts';
import { fallBackTo } from '../common/language.ts';
import { isEmbedded } from './embed.ts';
import { offeredReactions } from './reactions.ts';

/** What this browser may do, as the server's table of rights has it. */
const rights = signal<readonly string[]>([]);

/** Whether this browser may choose channels: the page then has a remote. */
export const operator = computed(() => rights.value.includes('play'));

/** Whether this browser may choose the sound for everybody. */
export const mayChooseAudio = computed(() => rights.value.includes('audio'));

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
    rights.value = info.may;
    watchAddress.value = info.addresses.watch;
    // a frame has nothing to press
    if (!isEmbedded) offeredReactions.value = info.reactions;
    return info.can_watch;
  } catch {
    // then it is a viewer's page, in the browser's language
    return null;
  }
}
