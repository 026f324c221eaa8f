import { call } from '../common/api.ts';
import type { ChannelId } from '../common/contract/channels.ts';
import { about } from '../common/screens.ts';

/** What was on a screen for a while. Times are epoch milliseconds. */
export interface ShownProgramme {
  readonly start: number;
  readonly stop: number;
  /** Null where the guide does not tell it. */
  readonly title: string | null;
  readonly channelId: ChannelId;
  readonly channelLabel: string;
}

/** What is kept of a screen's past. Times are epoch milliseconds of the server's clock. */
export interface KeptPast {
  /** Null where nothing is kept. */
  readonly from: number | null;
  /** The live edge. */
  readonly to: number;
  readonly programmes: readonly ShownProgramme[];
}

interface Answer {
  readonly from: string | null;
  readonly to: string;
  readonly programmes: readonly {
    readonly start: string;
    readonly stop: string;
    readonly title: string | null;
    readonly channel_id: ChannelId;
    readonly channel_label: string;
  }[];
}

/** Asks for what is kept of a screen's past. @throws ApiError */
export async function loadKeptPast(screen: string): Promise<KeptPast> {
  const { from, to, programmes } = await call<Answer>(about('/api/past', screen));
  return {
    from: from === null ? null : Date.parse(from),
    to: Date.parse(to),
    programmes: programmes.map(({ start, stop, title, channel_id, channel_label }) => ({
      ...{ start: Date.parse(start), stop: Date.parse(stop), title },
      ...{ channelId: channel_id, channelLabel: channel_label },
    })),
  };
}

/** What was on at a moment; the last one goes on to the live edge. */
export function programmeAt(past: KeptPast, moment: number): ShownProgramme | null {
  const found = past.programmes.findLast(({ start }) => start <= moment);
  if (!found) return null;
  const goesOn = found === past.programmes.at(-1) && found.stop >= past.to;
  return moment < found.stop || goesOn ? found : null;
}

/** Milliseconds into a programme at which its start is the one before. */
const JUST_BEGUN = 5_000;

/** Where "from the start" leads from a moment: to the start of what was on, or of what was on before that. */
export function startFrom(past: KeptPast, moment: number): number {
  const begun = past.programmes.findLast(({ start }) => start <= moment - JUST_BEGUN);
  return Math.max(past.from ?? 0, begun?.start ?? 0);
}

/** A stretch of the timeline: what was on, or null for nothing. Places are parts of the whole, from 0 to 1. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly programme: ShownProgramme | null;
}

/** The whole timeline from its beginning to the live edge, in stretches. @param edge the live edge at this moment */
export function stretches(past: KeptPast, edge: number): Stretch[] {
  const { from: begin } = past;
  if (begin === null || edge <= begin) return [];
  const place = (time: number) => Math.min(1, Math.max(0, (time - begin) / (edge - begin)));
  const found: Stretch[] = [];
  let told = begin;
  for (const programme of past.programmes) {
    const isLast = programme === past.programmes.at(-1) && programme.stop >= past.to;
    const [start, stop] = [Math.max(told, programme.start), isLast ? edge : programme.stop];
    if (stop <= start) continue;
    if (start > told) found.push({ from: place(told), to: place(start), programme: null });
    found.push({ from: place(start), to: place(stop), programme });
    told = stop;
  }
  if (told < edge) found.push({ from: place(told), to: 1, programme: null });
  return found;
}

/** What people read of a programme: its title with the channel, or the channel alone. */
export function nameOf({ title, channelLabel }: ShownProgramme): string {
  return title === null ? channelLabel : `${title} · ${channelLabel}`;
}
