import { computed, signal } from '@preact/signals';
import { api } from '../common/api.ts';
import { status } from '../common/events.ts';
import { texts } from '../common/language.ts';
import { tell } from './failure.ts';
import { toast } from './toasts.tsx';

/** The channel this page has asked for and not heard of yet. */
const asked = signal<number | null>(null);

/** Whether the answer to "stop" is awaited. */
export const stopping = signal(false);

/** Whether the answer to "restart" is awaited. */
export const restarting = signal(false);

/** The channel that is being put on air, by this page or by anybody else. */
export const pendingChannel = computed(() => asked.value ?? status.value?.wanted?.id ?? null);

/** Puts a channel on air for everybody. Outcomes are told as toasts. */
export async function broadcast(channel: { readonly id: number; readonly name: string }): Promise<void> {
  asked.value = channel.id;
  try {
    status.value = await api.broadcast(channel.id);
    if (asked.value === channel.id) toast('good', texts.value.nowOnAir(channel.name));
  } catch (error) {
    // a newer wish of this page has overtaken this one: nothing to tell
    if (asked.value === channel.id) tell(error, () => broadcast(channel));
  } finally {
    if (asked.value === channel.id) asked.value = null;
  }
}

export async function stopBroadcast(): Promise<void> {
  stopping.value = true;
  asked.value = null;
  try {
    status.value = await api.stop();
    toast('good', texts.value.stopped);
  } catch (error) {
    tell(error, stopBroadcast);
  } finally {
    stopping.value = false;
  }
}

/** Lets all hear another track of what is on air. */
export async function chooseAudio(track: number): Promise<void> {
  try {
    status.value = await api.chooseAudio(track);
  } catch (error) {
    tell(error, () => chooseAudio(track));
  }
}

/** Opens the source of what is on air anew. */
export async function restartBroadcast(): Promise<void> {
  restarting.value = true;
  try {
    status.value = await api.restart();
    toast('good', texts.value.restarted);
  } catch (error) {
    tell(error, restartBroadcast);
  } finally {
    restarting.value = false;
  }
}
