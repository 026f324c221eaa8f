import { computed, effect, signal } from '@preact/signals';
import { now } from '../common/clock.ts';
import { online, status } from '../common/events.ts';
import { screenHere } from '../common/screens.ts';
import { momentOfQuery, withoutMoment } from './asked-moment.ts';
import { awake } from './awake.ts';
import { type KeptPast, loadKeptPast, programmeAt, startFrom } from './kept-past.ts';
import type { Player } from './player.ts';

const REFRESH_MS = 30_000;
/** While nobody looks at it. */
const REFRESH_ASLEEP_MS = 120_000;
/** Milliseconds of the past that are worth a timeline. */
const SHORTEST = 15_000;
/** Milliseconds from the live edge that are live. */
const LIVE_ZONE = 10_000;
/** Milliseconds before what is kept that a link to its very beginning may be. */
const TOLERANCE = 10_000;
const SENTENCE_MS = 8_000;

/** The past of the page's screen; null while it is not known. */
export const kept = signal<KeptPast | null>(null);

/** True for some seconds after the page was to open at a moment that is not kept any more. */
export const isMomentGone = signal(false);

let receivedAt = 0;

/** The live edge of the screen at this moment, in epoch milliseconds of the server's clock; 0 while it is not known. */
export const edge = computed(() => {
  // every second
  void now.value;
  return kept.value === null ? 0 : kept.value.to + performance.now() - receivedAt;
});

/** True if one can go back on this screen. */
export const canRewind = computed(() => {
  const from = kept.value?.from ?? null;
  return from !== null && edge.value - from > SHORTEST;
});

/**
 * Goes to a moment of the past, as far as it is kept, or to live.
 * @param moment epoch milliseconds
 * @param liveZone milliseconds from the live edge that are live
 */
export function seek(player: Player, moment: number, liveZone = LIVE_ZONE): void {
  const from = kept.peek()?.from ?? null;
  if (from === null || moment >= edge.peek() - liveZone) player.goLive();
  else player.goTo(Math.max(moment, from));
}

/** Goes back (below 0) or forward. Nothing is ahead of live. */
export function skip(player: Player, seconds: number): void {
  if (!canRewind.peek() || (seconds > 0 && !player.inPast.peek())) return;
  seek(player, (player.moment.peek() ?? edge.peek()) + seconds * 1000);
}

/** Goes to the start of the programme, and from there to the start of the one before. */
export function fromStart(player: Player): void {
  const past = kept.peek();
  if (past && canRewind.peek()) seek(player, startFrom(past, player.moment.peek() ?? edge.peek()), 0);
}

/** What was on at the moment of the picture; null for nothing, and where it is not known. */
export function shownProgramme(player: Player) {
  const moment = player.moment.value;
  return kept.value === null || moment === null ? null : programmeAt(kept.value, moment);
}

/** Milliseconds by which a picture of the past is behind live; null while it is live. */
export function behindLive(player: Player): number | null {
  const moment = player.moment.value;
  return player.inPast.value && moment !== null ? Math.max(0, edge.value - moment) : null;
}

/** Keeps what is known of the past up to date. While a picture of the past plays, that keeps the page's cookie alive, too. */
export function followPast(player: Player): void {
  let asked = '';
  effect(() => {
    const { channel_id, programme, state } = status.value ?? {};
    const wanted = [screenHere.value, channel_id, programme?.start, state, online.value].join();
    if (wanted !== asked) void refresh();
    asked = wanted;
  });
  effect(() => {
    void screenHere.value;
    kept.value = null;
  });
  effect(() => {
    if (awake.value && performance.now() - receivedAt > REFRESH_MS) void refresh();
  });
  setInterval(() => {
    const isNeeded = document.visibilityState === 'visible' || player.inPast.peek();
    const after = awake.peek() || player.inPast.peek() ? REFRESH_MS : REFRESH_ASLEEP_MS;
    if (isNeeded && performance.now() - receivedAt >= after - 1_000) void refresh();
  }, REFRESH_MS / 2);
}

/**
 * Takes the moment out of the page's address.
 * @returns where to begin, in epoch milliseconds; null for live, also where the moment is not kept any more
 */
export async function takeAskedMoment(): Promise<number | null> {
  const moment = momentOfQuery(location.search);
  if (moment === null) return null;
  history.replaceState(history.state, '', withoutMoment(location.href));
  await refresh();
  const from = kept.peek()?.from ?? null;
  if (from !== null && moment >= edge.peek() - LIVE_ZONE) return null;
  if (from !== null && moment >= from - TOLERANCE) return Math.max(from, moment);
  isMomentGone.value = true;
  setTimeout(() => {
    isMomentGone.value = false;
  }, SENTENCE_MS);
  return null;
}

async function refresh(): Promise<void> {
  const screen = screenHere.peek();
  try {
    const past = await loadKeptPast(screen);
    if (screen !== screenHere.peek()) return;
    receivedAt = performance.now();
    kept.value = past;
  } catch {
    // The page goes on with what it knows; of another screen it knows nothing.
    if (screen !== screenHere.peek()) kept.value = null;
  }
}
