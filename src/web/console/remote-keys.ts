import { ApiError, api } from '../common/api.ts';
import { followArrows } from '../common/arrow-focus.ts';
import { followBack, onBack } from '../common/back.ts';
import { status } from '../common/events.ts';
import { toastError } from '../common/failure.ts';
import { channelStep, hasModifier, takesText } from '../common/keys.ts';
import { followDigits } from '../common/number-entry.ts';
import { may } from '../common/session.ts';
import { broadcast, pendingChannel } from './broadcast.ts';
import { clearSearch } from './search-scope.ts';
import { openView, view } from './view.ts';

/** Handles the keys of a television's remote: arrows, back, digits, channel up and down. */
export function followRemote(): void {
  followArrows();
  onBack(toChannels);
  onBack(clearSearch);
  followBack();
  const mayPlay = () => may('play');
  followDigits(mayPlay, (channel) => void broadcast(channel));
  document.addEventListener('keydown', (event) => {
    const step = channelStep(event);
    // page up and page down scroll the console
    if (step === null || event.key.startsWith('Page') || hasModifier(event) || !mayPlay()) return;
    if (takesText(document.activeElement)) return;
    event.preventDefault();
    void zap(step);
  });
}

/** Leads from another view back to the channels; false if they are shown already. */
function toChannels(): boolean {
  if (view.value === 'channels') return false;
  openView('channels');
  return true;
}

/** Puts the channel above or below on air. */
async function zap(step: 1 | -1): Promise<void> {
  const from = pendingChannel.value ?? status.value?.channel_id ?? null;
  if (from === null) return;
  try {
    const { up, down } = await api.neighbours(from);
    const next = step === 1 ? up : down;
    if (next) await broadcast(next);
  } catch (error) {
    if (error instanceof ApiError) toastError(error);
    else throw error;
  }
}
