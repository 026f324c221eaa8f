import { liveScreen } from '../../domain/ids.ts';
import { deadline } from '../common/deadline.ts';
import type { Engine, EngineEvents } from './engine.ts';

/** What an engine of the past tells the player. */
export interface PastEvents extends EngineEvents {
  /** The past is over, or nothing is kept any more: live follows. */
  caughtUp(): void;
}

/** Where an engine of the past begins. */
export interface PastSource {
  /** The id of the screen. */
  readonly screen: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Plays what a screen has shown, from a moment on. */
export interface PastEngine extends Engine {
  /** Goes to another moment. @param moment epoch milliseconds */
  seek(moment: number): void;
}

/** Seconds of the list in front of the wanted moment: to go back a little, and to decode from a keyframe on. */
const LEAD = 300;
const ANSWER_MS = 8_000;

/**
 * The address of the list that a moment is in; null if nothing is kept. Players that load the first address again would be led to
 * another list each time, so that they get the one that it leads to.
 * @throws TypeError, or an error, if the server does not answer, or refuses
 */
export async function findList({ screen, at }: PastSource, signal: AbortSignal): Promise<string | null> {
  const from = Math.max(0, Math.floor(at / 1000) - LEAD);
  const folder = screen === liveScreen ? '/live' : `/s/${screen}`;
  const response = await fetch(`${folder}/rewind.m3u8?at=${from}`, {
    method: 'HEAD',
    cache: 'no-store',
    signal: deadline(ANSWER_MS, signal),
  });
  if (response.ok) return response.url;
  if (response.status === 401) location.reload();
  if (response.status === 404) return null;
  throw new Error(`the past: ${response.status}`);
}
