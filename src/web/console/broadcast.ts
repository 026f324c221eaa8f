import { computed, signal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { ChannelId } from '../common/contract.ts';
import { status } from '../common/events.ts';
import { toastError } from '../common/failure.ts';
import { texts } from '../common/language.ts';
import { toast } from '../common/toasts.tsx';

/** The channel that this page has requested, until the server answers. */
const asked = signal<ChannelId | null>(null);

/** True while the page waits for the answer to "stop". */
export const stopping = signal(false);

/** True while the page waits for the answer to "restart". */
export const restarting = signal(false);

/** The channel that this page or anybody else is putting on air; null if there is none. */
export const pendingChannel = computed(() => asked.value ?? status.value?.wanted?.id ?? null);

/**
 * Puts a channel on air for everybody and shows the outcome as a toast.
 * @param from a time of the programme to show from its start; absent for live
 */
export async function broadcast(
  channel: { readonly id: ChannelId; readonly name: string },
  from?: string,
): Promise<void> {
  asked.value = channel.id;
  try {
    status.value = await api.broadcast(channel.id, { from });
    if (asked.value === channel.id) toast('good', texts.value.nowOnAir(channel.name));
  } catch (error) {
    // this page has requested another channel since: no toast
    if (asked.value === channel.id) toastError(error, () => broadcast(channel, from));
  } finally {
    if (asked.value === channel.id) asked.value = null;
  }
}

/** Stops the channel for everybody and shows the outcome as a toast. */
export async function stopBroadcast(): Promise<void> {
  stopping.value = true;
  asked.value = null;
  try {
    status.value = await api.stop();
    toast('good', texts.value.stopped);
  } catch (error) {
    toastError(error, stopBroadcast);
  } finally {
    stopping.value = false;
  }
}

/** Switches the audio track for everybody. */
export async function chooseAudio(track: number): Promise<void> {
  try {
    status.value = await api.chooseAudio(track);
  } catch (error) {
    toastError(error, () => chooseAudio(track));
  }
}

/** Reopens the source of the channel on air. */
export async function restartBroadcast(): Promise<void> {
  restarting.value = true;
  try {
    status.value = await api.restart();
    toast('good', texts.value.restarted);
  } catch (error) {
    toastError(error, restartBroadcast);
  } finally {
    restarting.value = false;
  }
}
