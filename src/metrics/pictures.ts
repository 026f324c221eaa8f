import { Counter, Gauge, type Registry } from 'prom-client';
import type { BroadcastState, BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';

export interface PictureSources {
  readonly screens: Pick<Screens, 'all' | 'follow'>;
  /** Called for each change of what is on air that nobody asked for. */
  readonly onChangeByItself: () => void;
}

/** While these last, viewers are to see a channel. */
const onAir: ReadonlySet<BroadcastState> = new Set(['live', 'switching', 'recovering']);

/** What the screens show, and what fails on them. @returns what ends the counting. */
export function addPictures(registry: Registry, { screens, onChangeByItself }: PictureSources): () => void {
  const registers = [registry];
  new Gauge({
    name: 'zapette_source_bitrate_bits',
    help: 'Bits per second of the channel on a screen; missing without a channel',
    labelNames: ['screen'],
    registers,
    collect() {
      this.reset();
      for (const { id, broadcast } of screens.all())
        if (broadcast.status.bitrate !== null) this.set({ screen: id }, broadcast.status.bitrate);
    },
  });
  new Gauge({
    name: 'zapette_segment_age_seconds',
    help: 'Seconds since a source gave a screen its last segment; missing while no channel is to be on air',
    labelNames: ['screen'],
    registers,
    collect() {
      this.reset();
      for (const screen of screens.all()) {
        const age = segmentAge(screen);
        if (age !== null) this.set({ screen: screen.id }, age);
      }
    },
  });
  const failovers = new Counter({
    name: 'zapette_failovers_total',
    help: 'Channels that another variant replaced, by the error',
    labelNames: ['reason'],
    registers,
  });
  const restarts = new Counter({
    name: 'zapette_ffmpeg_restarts_total',
    help: 'Sources that failed on air, after which FFmpeg was started again, by the error',
    labelNames: ['reason'],
    registers,
  });
  return screens.follow(({ broadcast, events }) => {
    let before = broadcast.status;
    return events.subscribe((event) => {
      if (event.type !== 'status') return;
      const { status } = event;
      if (status.lastFailure && status.lastFailure.at !== before.lastFailure?.at)
        restarts.inc({ reason: status.lastFailure.code });
      if (hasOtherVariant(before, status)) {
        if (status.standsInFor) failovers.inc({ reason: status.standsInFor.code });
        onChangeByItself();
      }
      before = status;
    });
  });
}

/** Seconds since the source's last segment; null where there is to be none. */
export function segmentAge({ broadcast: { status, live } }: Pick<Screen, 'broadcast'>): number | null {
  return onAir.has(status.state) && Number.isFinite(live.sourceSilence) ? live.sourceSilence : null;
}

/** Whether a variant took over, or gave the screen back to the channel that somebody chose. */
function hasOtherVariant(
  before: BroadcastStatus,
  { channel, standsInFor, startedAt }: BroadcastStatus,
): boolean {
  if (!channel || channel.id === before.channel?.id) return false;
  return standsInFor !== null || (before.standsInFor !== null && startedAt === before.startedAt);
}
