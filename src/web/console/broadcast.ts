import { computed, signal } from '@preact/signals';
import { api, type Showing } from '../common/api.ts';
import type { ChannelId } from '../common/contract/channels.ts';
import type { Screen, Status } from '../common/contract/screens.ts';
import { status } from '../common/events.ts';
import { toastError } from '../common/failure.ts';
import { texts } from '../common/language.ts';
import { screenHere, screens } from '../common/screens.ts';
import { toast } from '../common/toasts.tsx';
import { screenTexts } from './screen-texts.ts';

/** The channels that this page has requested, by the id of the screen, until the server answers. */
const asked = signal<ReadonlyMap<string, ChannelId>>(new Map());

/** True while the page waits for the answer to "stop". */
export const stopping = signal(false);

/** True while the page waits for the answer to "restart". */
export const restarting = signal(false);

/** True while a channel moves to another screen. */
export const moving = signal(false);

/** The channel that this page or anybody else is putting on the page's screen; null if there is none. */
export const pendingChannel = computed(
  () => asked.value.get(screenHere.value) ?? status.value?.wanted?.id ?? null,
);

/** Puts a channel on air for everybody, on the page's screen unless told otherwise, and shows the outcome as a toast. */
export async function broadcast(
  channel: { readonly id: ChannelId; readonly name: string },
  { from, recording, screen = screenHere.peek() }: Showing = {},
): Promise<void> {
  asked.value = new Map(asked.value).set(screen, channel.id);
  const isStillAsked = () => asked.value.get(screen) === channel.id;
  try {
    show(screen, await api.broadcast(channel.id, { from, recording, screen }));
    if (isStillAsked()) toast('good', nowOnAir(channel.name, screen));
  } catch (error) {
    // this page has requested another channel since: no toast
    if (isStillAsked()) toastError(error, () => broadcast(channel, { from, recording, screen }));
  } finally {
    if (isStillAsked()) forget(screen);
  }
}

/** Puts the channel on air on another screen, and once it is there, stops it on this one. */
export async function moveTo({ id: screen, name }: Pick<Screen, 'id' | 'name'>): Promise<void> {
  const from = screenHere.peek();
  const { channel_id: onAir, channel_label: label, stands_in_for: standIn, past } = status.peek() ?? {};
  const channel = standIn?.id ?? onAir;
  if (channel == null) return;
  moving.value = true;
  try {
    await api.broadcast(channel, { from: past?.start, screen });
    show(from, await api.stop(from));
    toast('good', screenTexts.value.moved(label ?? '', name));
  } catch (error) {
    toastError(error, () => moveTo({ id: screen, name }));
  } finally {
    moving.value = false;
  }
}

/** Stops the channel for everybody and shows the outcome as a toast. */
export async function stopBroadcast(): Promise<void> {
  const screen = screenHere.peek();
  stopping.value = true;
  forget(screen);
  try {
    show(screen, await api.stop(screen));
    toast('good', texts.value.stopped);
  } catch (error) {
    toastError(error, stopBroadcast);
  } finally {
    stopping.value = false;
  }
}

/** Lets the recording or past programme stand still for everybody. */
export async function pauseForAll(): Promise<void> {
  await change(() => api.pause(), pauseForAll);
}

/** Goes on with what somebody has paused. */
export async function goOn(): Promise<void> {
  await change(() => api.goOn(), goOn);
}

async function change(what: () => Promise<Status>, again: () => Promise<void>): Promise<void> {
  const screen = screenHere.peek();
  try {
    show(screen, await what());
  } catch (error) {
    toastError(error, again);
  }
}

/** Switches the audio track for everybody. */
export async function chooseAudio(track: number): Promise<void> {
  await change(
    () => api.chooseAudio(track),
    () => chooseAudio(track),
  );
}

/** Reopens the source of the channel on air. */
export async function restartBroadcast(): Promise<void> {
  const screen = screenHere.peek();
  restarting.value = true;
  try {
    show(screen, await api.restart());
    toast('good', texts.value.restarted);
  } catch (error) {
    toastError(error, restartBroadcast);
  } finally {
    restarting.value = false;
  }
}

/** Takes a status from an answer, unless the page is about another screen meanwhile. */
function show(screen: string, answer: Status): void {
  if (screen === screenHere.peek()) status.value = answer;
}

function forget(screen: string): void {
  const others = new Map(asked.value);
  others.delete(screen);
  asked.value = others;
}

function nowOnAir(channel: string, screen: string): string {
  const name = screen === screenHere.peek() ? null : screens.peek()?.find(({ id }) => id === screen)?.name;
  return name == null ? texts.value.nowOnAir(channel) : screenTexts.value.nowOnAir(channel, name);
}
