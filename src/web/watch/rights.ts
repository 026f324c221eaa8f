import { computed, signal } from '@preact/signals';
import { liveScreen } from '../../domain/ids.ts';
import { watchPath } from '../../domain/watch-paths.ts';
import { api } from '../common/api.ts';
import { loggedOut } from '../common/events.ts';
import { fallBackTo } from '../common/language.ts';
import { here, isScreenGone, screenHere } from '../common/screens.ts';
import { isEmbedded } from './embed.ts';
import { offeredReactions } from './reactions.ts';

/** The rights of this browser, named as in the server's table. */
const rights = signal<readonly string[]>([]);

/** True if this browser may choose the channels of the page's screen; the page then has a remote. */
export const mayChooseChannels = computed(
  () => rights.value.includes('play') && (here.value?.may_control ?? !isScreenGone.value),
);

/** True if this browser may choose the audio for everybody. */
export const mayChooseAudio = computed(() => rights.value.includes('audio'));

/** True if this browser may make clips of the page's screen. */
export const mayClip = computed(() => rights.value.includes('clip') && !isEmbedded);

/** The address to share; where viewers need a key, operators get one that contains it. */
export const watchAddress = signal(location.origin + watchPath(liveScreen));

/** Asks for the rights again when the session has ended; without the right to watch, the page reloads to the log-in page. */
export function followLogOut(): void {
  const ask = async () => {
    if ((await loadRights()) === false) location.reload();
  };
  loggedOut.subscribe((times) => {
    if (times > 0) void ask();
  });
}

/** Loads this browser's rights and the page's settings. @returns whether it may watch; null if the server did not answer */
export async function loadRights(): Promise<boolean | null> {
  try {
    const info = await api.info(screenHere.peek());
    fallBackTo(info.language);
    rights.value = info.may;
    watchAddress.value = info.addresses.watch;
    // an embedded page has no buttons
    if (!isEmbedded) offeredReactions.value = info.reactions;
    return info.can_watch;
  } catch {
    // the page stays a viewer's, in the browser's language
    return null;
  }
}
