import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { LoginMemory } from '../catalogue/channel-follower.ts';
import { variantsOf } from '../catalogue/find-again.ts';
import type { Settings } from '../config/settings.ts';
import { accountOf, liveScreen, type ScreenId } from '../domain/ids.ts';
import { keeps } from '../domain/past-programme.ts';
import type { ScreenFacts } from '../domain/screen-facts.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { JsonFile } from '../store/json-file.ts';
import { HealthWatch } from '../stream/health/health-watch.ts';
import { probeKeyframes } from '../stream/health/keyframe-probe.ts';
import { startEncoder } from '../stream/rendition/picture-encoder.ts';
import { Rendition } from '../stream/rendition/rendition.ts';
import { AudioChoices } from '../stream/screen/audio-choices.ts';
import { Broadcast } from '../stream/screen/broadcast.ts';
import {
  type BroadcastMemory,
  beginAgain,
  broadcastMemorySchema,
  fromStored,
  type RememberedItem,
  toStored,
} from '../stream/screen/broadcast-memory.ts';
import { ChannelFeed } from '../stream/screen/channel-feed.ts';
import { Comeback } from '../stream/screen/comeback.ts';
import { LiveChannel } from '../stream/screen/live-channel.ts';
import { MemorySaver } from '../stream/screen/memory-saver.ts';
import { nextVariant } from '../stream/screen/next-variant.ts';
import type { OnAirItem } from '../stream/screen/on-air-item.ts';
import { Reactions } from '../stream/screen/reactions.ts';
import { joinScreen, type Screen } from '../stream/screen/screen.ts';
import { loadSlate } from '../stream/screen/slate.ts';
import { stillFrame } from '../stream/screen/still-frame.ts';
import { ViewerHistory } from '../stream/screen/viewer-history.ts';
import { TARGET_DURATION } from '../stream/segments/cut-policy.ts';
import { LivePlaylist } from '../stream/segments/live-playlist.ts';
import type { RingDisk } from '../stream/segments/ring/ring-disk.ts';
import type { SegmentRing } from '../stream/segments/ring/segment-ring.ts';
import { SavedWindow } from '../stream/segments/saved-window.ts';
import type { StoredSegment } from '../stream/segments/segment.ts';
import { Timeline } from '../stream/segments/timeline.ts';
import type { AccountsApi } from './create-accounts.ts';
import type { Part } from './lifecycle.ts';

export interface ScreenOptions {
  readonly id: ScreenId;
  /** As they are at the moment. */
  readonly facts: () => ScreenFacts;
  /** They may change: what a channel on air was begun with, it keeps. */
  readonly settings: Pick<Settings, 'current'>;
  readonly ffmpegPath: string;
  readonly login: Pick<LoginMemory, 'isOther'>;
  readonly ringDisk: RingDisk;
  readonly accounts: AccountsApi;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ScreenApi {
  readonly screen: Screen;
  /** Puts on air again what the process before this one had, once the accounts have answered or have been waited for long enough. */
  resume(): void;
}

/** Seconds of playlist: at least three target durations (RFC 8216, 6.2.2), with room for players that pause. */
const WINDOW = 4 * TARGET_DURATION;
const SLATE_PICTURE = fileURLToPath(new URL('../stream/screen/slate.png', import.meta.url));

/** A screen with everything that follows it, going on where the process before this one ended. */
export async function createScreen(options: ScreenOptions): Promise<Part<ScreenApi>> {
  const { id, facts, settings, ffmpegPath, login, accounts, catalogue, clock, logger } = options;
  const { dataDir } = settings.current;
  const { pool, tuners } = accounts;
  const suffix = suffixOf(id);
  const file = new JsonFile(join(dataDir, `broadcast${suffix}.json`), broadcastMemorySchema);
  const stored = await file.read();
  const remembered = stored && fromStored(stored, accounts);
  const item = remembered?.item && toOnAirItem(remembered.item);
  // Another login's channel may have the same id.
  const isForeign = item != null && login.isOther(accountOf(item.wish.channelId));
  const windowFile = new SavedWindow(dataDir, `window${suffix}`);
  const window = await windowFile.take(clock.now());
  const lowerWindowFile = new SavedWindow(dataDir, `rendition${suffix}`);
  const lowerWindow = await lowerWindowFile.take(clock.now());
  const past = await options.ringDisk.open(id);
  const broadcast = await createBroadcast(options, remembered, window, past);
  const comeback = new Comeback({ broadcast, tuners, clock, logger });
  const pictureHealth = new HealthWatch({
    broadcast,
    tuners,
    get acts() {
      return settings.current.failover === 'bad';
    },
    clock,
    logger,
    groupOf: (id) => catalogue.groupOf(id)?.variants[0].id ?? id,
    probe: (segments, signal) => probeKeyframes(segments, { ffmpegPath, signal }),
  });
  const rendition = createRendition(options, broadcast);
  const viewerHistory = new ViewerHistory(broadcast.live.viewers, clock);
  const memory = new MemorySaver({
    broadcast,
    file: { write: (state) => file.write(toStored(state, accounts)) },
    windowFile,
    before: remembered,
    clock,
    logger,
  });
  const reactions = new Reactions({ mode: () => settings.current.reactions, broadcast, clock, logger });
  return {
    api: {
      screen: joinScreen(
        { facts, broadcast, rendition, past, viewerHistory, reactions, pictureHealth, remembered },
        logger,
      ),
      resume: () => {
        if (!item || isForeign) return;
        pool.noteFreed();
        broadcast.resume(item, pool.answered);
      },
    },
    start: () => {
      rendition.resume(lowerWindow);
      comeback.start();
      pictureHealth.start();
      viewerHistory.start();
      memory.start();
    },
    stop: async () => {
      reactions.stop();
      await viewerHistory.stop();
      await broadcast.live.drain.begin();
      pictureHealth.stop();
      comeback.stop();
      await broadcast.shutdown();
      // After the last segment.
      const encodersEnded = rendition.stop();
      await Promise.all([memory.stop(), past.close(), lowerWindowFile.save(rendition.listed(), clock.now())]);
      await broadcast.live.drain.end();
      await encodersEnded;
    },
  };
}

function createRendition(
  { id, settings, ffmpegPath, clock, logger: root }: ScreenOptions,
  { live }: Broadcast,
): Rendition {
  const logger = root.child({ rendition: id });
  return new Rendition({
    full: live.playlist,
    targetDuration: TARGET_DURATION,
    window: WINDOW,
    isOn: () => settings.current.hasLowerRendition,
    startEncoder: (taker) =>
      startEncoder({ ffmpegPath, videoEncoder: settings.current.videoEncoder, logger }, taker),
    clock,
    logger,
  });
}

/** Removes what a screen keeps on the disk. Never rejects. */
export async function forgetScreen(id: ScreenId, dataDir: string, ringDisk: RingDisk): Promise<void> {
  const suffix = suffixOf(id);
  const paths = [
    join(dataDir, `broadcast${suffix}.json`),
    ...[`window${suffix}`, `rendition${suffix}`].map((name) => join(dataDir, 'cache', name)),
  ];
  await ringDisk.forget(id);
  // What is left would only be read if a screen of this name came again.
  await Promise.all(paths.map((path) => rm(path, { recursive: true, force: true }).catch(() => {})));
}

/** The default screen's files have the names of versions that had one screen. */
function suffixOf(id: ScreenId): string {
  return id === liveScreen ? '' : `-${id}`;
}

async function createBroadcast(
  { id, settings, ffmpegPath, accounts, catalogue, clock, logger }: ScreenOptions,
  remembered: BroadcastMemory | null,
  window: readonly StoredSegment[],
  past: SegmentRing,
): Promise<Broadcast> {
  const { tuners } = accounts;
  const { numbering, position, goesOn } = beginAgain(remembered, window, past.nextSequence, clock);
  const slate = await loadSlate({
    ffmpegPath,
    dataDir: settings.current.dataDir,
    picture: SLATE_PICTURE,
    logger,
  });
  const live = new LiveChannel({
    playlist: new LivePlaylist({
      storage: past,
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
  const audioChoices = new AudioChoices(() => settings.current.audioLanguages, remembered?.audioChoices);
  const feedOptions = {
    tuners,
    ffmpegPath,
    get output() {
      const { audio, videoEncoder } = settings.current;
      return { audio, videoEncoder };
    },
    audioChoices,
    clock,
    logger,
  };
  return new Broadcast({
    id,
    live,
    tuners,
    createFeed: (wish, taker) => new ChannelFeed(wish, feedOptions, taker),
    audioChoices,
    failover: {
      next: nextVariant,
      variantsOf: ({ channelId, name: channelName, past }) =>
        settings.current.failover === 'off' || past?.recording !== undefined
          ? []
          : variantsOf(catalogue, { channelId, channelName })
              .filter((variant) => !past || keeps(variant, past.from, clock.now()))
              .map(({ id, name }) => ({ channelId: id, name, ...(past ? { past } : {}) })),
    },
    clock,
    logger: logger.child({ broadcast: id }),
    stillFrame: (segments) => stillFrame(ffmpegPath, segments),
    idleStop: () => {
      const { idleStopMinutes } = settings.current;
      return idleStopMinutes === null ? null : idleStopMinutes * 60_000;
    },
  });
}

/** What was on air before the restart, as something to put on air again. */
function toOnAirItem({ channelId, name, past, pause, askedBy, startedAt }: RememberedItem): OnAirItem {
  const wish = { channelId, name, ...(past ? { past } : {}) };
  return { wish, standIn: null, askedBy, startedAt, ...(pause ? { pause } : {}) };
}
