import { signal } from '@preact/signals';
import { api } from '../common/api.ts';
import { fallBackTo } from '../common/language.ts';
import { isEmbedded } from './embed.ts';
import { offeredReactions } from './reactions.ts';

/** Whether this browser has an operator's session: the page then has a remote. */
export const operator = signal(false);

/** Asks who we are, and what we may do; the page does without an answer. */
export async function askWhoWeAre(): Promise<void> {
  try {
    const info = await api.info();
    fallBackTo(info.language);
    operator.value = info.operator;
    // a frame has nothing to press
    if (!isEmbedded) offeredReactions.value = info.reactions;
  } catch {
    // then it is a viewer's page, in the browser's language
  }
}
