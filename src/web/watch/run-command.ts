import { signal } from '@preact/signals';
import { ApiError, api, SWITCH_DECLINED } from '../common/api.ts';
import type { ChannelId } from '../common/contract/channels.ts';
import { texts } from '../common/language.ts';

const SHOWN_MS = 6_000;

/** Why the operator's last command failed; empty if it did not, or some seconds ago. */
export const failure = signal('');

let timer: ReturnType<typeof setTimeout> | undefined;

/** Runs an operator's command and shows its failure for some seconds. */
export async function runCommand(what: () => Promise<unknown>): Promise<void> {
  failure.value = '';
  try {
    await what();
  } catch (error) {
    // the operator chose not to switch
    if (error instanceof ApiError && error.code === SWITCH_DECLINED) return;
    failure.value = (error instanceof ApiError && error.message) || texts.value.failed;
    clearTimeout(timer);
    timer = setTimeout(() => {
      failure.value = '';
    }, SHOWN_MS);
  }
}

/**
 * Puts a channel on air for everybody.
 * @param from a time of the programme to show from its start; absent for live
 */
export function tune(channel: { readonly id: ChannelId }, from?: string): Promise<void> {
  return runCommand(() => api.broadcast(channel.id, { from }));
}
