import type { PastOnAir, Pause } from '../../domain/broadcast-status.ts';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import type { ChannelWish } from '../tuner/tuners.ts';
import { toOnAirChannel } from './off-air-reason.ts';
import { channelOnAir, type OnAirItem, type ScreenWish } from './on-air-item.ts';

/** Milliseconds before a programme's end from which it is not opened any more. */
const TOO_SHORT = 3_000;

/** Faults of the archive alone: the channel itself may be well. */
const archiveFaults: ReadonlySet<ErrorCode> = new Set([
  'archive_missing',
  'archive_refused',
  'archive_is_live',
]);

/** Whether no further try will bring this past programme back. */
export function isLost({ past }: ScreenWish, error: unknown): boolean {
  return past !== undefined && error instanceof AppError && archiveFaults.has(error.code);
}

/** Whether no further try makes sense, since a recording is read from this machine: at its end, or where it is gone. */
export function isFinal({ past }: ScreenWish, error: unknown): boolean {
  return past?.recording !== undefined && error instanceof AppError && error.code.startsWith('recording_');
}

/** The channel of a wish as it comes now. */
export function liveWish({ channelId, name }: ChannelWish): ScreenWish {
  return { channelId, name };
}

/** The item with the live picture in place of a past programme that is lost. */
export function liveInstead(item: OnAirItem, { code, params }: AppError): OnAirItem {
  const instead = { code, params, channel: toOnAirChannel(item.wish) };
  return { ...item, standIn: { wish: liveWish(item.wish), instead } };
}

/** The channel after a past programme: live, as an item of its own. @param now epoch milliseconds. */
export function afterwards({ wish, askedBy }: OnAirItem, now: number): OnAirItem {
  return { wish: liveWish(wish), standIn: null, askedBy, startedAt: now };
}

/** The item standing still from a moment on. @param at as of `resumed`. */
export function pausedAt(item: OnAirItem, at: number, pause: Pause): OnAirItem {
  const { past } = channelOnAir(item);
  if (!past) return item;
  const place = Math.max(past.from, Math.min(at, past.to - TOO_SHORT));
  return { ...movedTo(item, place), pause };
}

/**
 * The item as it is to be opened again: something of the past goes on where it was; a past programme is live once it is over or
 * given up for the live picture.
 * @param position of its last picture, as of `PastProgramme`; null if it is not known. @param now epoch milliseconds.
 */
export function resumed(item: OnAirItem, position: number | null, now: number): OnAirItem {
  const { past } = item.wish;
  if (!past) return item;
  const at = position ?? channelOnAir(item).past?.from;
  const isOver = at === undefined || at > past.to - TOO_SHORT;
  if (isOver && past.recording === undefined) return afterwards(item, now);
  return at === undefined || at === past.from ? item : movedTo(item, at);
}

function movedTo(item: OnAirItem, at: number): OnAirItem {
  const { wish, standIn } = item;
  const { past } = wish;
  if (!past) return item;
  const moved = (each: ScreenWish): ScreenWish => ({ ...each, past: { ...past, from: at } });
  return { ...item, wish: moved(wish), standIn: standIn && { ...standIn, wish: moved(standIn.wish) } };
}

/** What the status tells of a past programme on air. @param position as of `resumed`. */
export function pastOnAir(item: OnAirItem, position: number | null, now: number): PastOnAir | null {
  const { past } = channelOnAir(item);
  if (!past) return null;
  const { start, to, title, from, recording } = past;
  const behind = Math.max(0, now - (position ?? from));
  return { start, to, title, recording, behind, pause: item.pause ?? null };
}
