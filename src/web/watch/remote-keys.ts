import { api } from '../common/api.ts';
import { followArrows } from '../common/arrow-focus.ts';
import { followBack, onBack } from '../common/back.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import { status } from '../common/events.ts';
import { channelStep, hasModifier, takesText } from '../common/keys.ts';
import { followDigits } from '../common/number-entry.ts';
import { tvMode } from '../common/tv-mode.ts';
import { sleep } from './awake.ts';
import { closePanel, panel, statsOpen } from './panels.ts';
import { paletteOpen } from './reactions.ts';
import { canRewind } from './rewind.ts';
import { mayChooseChannels } from './rights.ts';
import { tune } from './run-command.ts';

/** Handles the keys of a television's remote: arrows, back, digits, channel up and down. */
export function followRemote(): void {
  // with nothing chosen on the page, they go through the past
  followArrows(
    (direction) =>
      (direction === 'left' || direction === 'right') &&
      canRewind.peek() &&
      !tvMode.peek() &&
      document.activeElement === document.body,
  );
  onBack(stepOut);
  followBack();
  const mayPlay = () => mayChooseChannels.peek();
  followDigits(mayPlay, (channel) => void tune(channel));
  document.addEventListener('keydown', (event) => {
    const step = channelStep(event);
    if (step === null || hasModifier(event) || !mayPlay() || takesText(document.activeElement)) return;
    event.preventDefault();
    void zap(step);
  });
}

/** Closes the topmost panel; if none is open, hides the controls. */
function stepOut(): boolean {
  if (paletteOpen.value) paletteOpen.value = false;
  else if (panel.value !== null) closePanel();
  else if (statsOpen.value) statsOpen.value = false;
  else if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body) {
    document.activeElement.blur();
    sleep();
  } else return false;
  return true;
}

/** Puts the channel above or below on air. */
async function zap(step: 1 | -1): Promise<void> {
  const from = status.value?.wanted?.id ?? status.value?.channel_id ?? null;
  if (from === null) return;
  const found = await api.neighbours(from).catch(() => null);
  const next: ChannelGroup | null | undefined = step === 1 ? found?.up : found?.down;
  if (next) await tune(next);
}
