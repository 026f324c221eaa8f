import { fileURLToPath } from 'node:url';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { variantsOf } from '../catalogue/find-again.ts';
import type { Config } from '../config/config.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { AudioChoices } from '../stream/screen/audio-choices.ts';
import { Broadcast } from '../stream/screen/broadcast.ts';
import { type BroadcastMemory, beginAgain } from '../stream/screen/broadcast-memory.ts';
import { ChannelFeed } from '../stream/screen/channel-feed.ts';
import { LiveChannel } from '../stream/screen/live-channel.ts';
import { nextVariant } from '../stream/screen/next-variant.ts';
import type { OnAirItem } from '../stream/screen/on-air-item.ts';
import { loadSlate } from '../stream/screen/slate.ts';
import { TARGET_DURATION } from '../stream/segments/cut-policy.ts';
import { SegmentStore, type StoredSegment } from '../stream/segments/segment-store.ts';
import { Timeline } from '../stream/segments/timeline.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';

export interface BroadcastParts {
  readonly config: Config;
  readonly ffmpegPath: string;
  readonly tuners: Tuners;
  readonly catalogue: Catalogue;
  readonly provider: Pick<SourceProvider, 'source'>;
  /** Of the process before this one. */
  readonly remembered: BroadcastMemory | null;
  /** Its last playlist. */
  readonly window: readonly StoredSegment[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Seconds of playlist: at least three target durations (RFC 8216, 6.2.2), with room for players that pause. */
const WINDOW = 4 * TARGET_DURATION;
const SLATE_PICTURE = fileURLToPath(new URL('../stream/screen/slate.png', import.meta.url));

/** The shared screen with all that it is made of, going on where the process before this one ended. */
export async function createBroadcast(parts: BroadcastParts): Promise<Broadcast> {
  const { config, ffmpegPath, tuners, catalogue, provider, remembered, window, clock, logger } = parts;
  const { numbering, position, goesOn } = beginAgain(remembered, window, clock);
  const slate = await loadSlate({ ffmpegPath, dataDir: config.dataDir, picture: SLATE_PICTURE, logger });
  const live = new LiveChannel({
    store: new SegmentStore({
      targetDuration: TARGET_DURATION,
      window: WINDOW,
      first: numbering,
      before: goesOn ? window : [],
      logger,
    }),
    timeline: new Timeline(position),
    slate,
    clock,
  });
  const output = { audio: config.audio, videoEncoder: config.videoEncoder };
  const audioChoices = new AudioChoices(config.audioLanguages, remembered?.audioChoices);
  const feedOptions = { tuners, ffmpegPath, output, audioChoices, clock, logger };
  return new Broadcast({
    id: 'live',
    live,
    tuners,
    createFeed: (wish, taker) => new ChannelFeed(wish, feedOptions, taker),
    audioChoices,
    failover:
      config.failover === 'off'
        ? null
        : {
            next: nextVariant,
            variantsOf: ({ source: { channelId }, name: channelName }) =>
              variantsOf(catalogue, { channelId, channelName }).map(({ id, name }) => ({
                source: provider.source(id),
                name,
              })),
          },
    clock,
    logger: logger.child({ broadcast: 'live' }),
    idleStop: config.idleStopMinutes === null ? null : config.idleStopMinutes * 60_000,
  });
}

/** What was on air, as the provider has it by the time that it is opened. */
export function toOnAirItem(
  { channelId, name, askedBy, startedAt }: NonNullable<BroadcastMemory['programme']>,
  provider: Pick<SourceProvider, 'source'>,
): OnAirItem {
  const wish = {
    name,
    get source() {
      return provider.source(channelId);
    },
  };
  return { wish, standIn: null, askedBy, startedAt };
}
