import { join, resolve } from 'node:path';
import { mayRulePlan } from '../actions/recording-quota.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { Settings } from '../config/settings.ts';
import type { RecordingsFacts } from '../doctor/facts.ts';
import type { Clock } from '../lib/clock.ts';
import type { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import { GuideFollower } from '../recordings/guide-follower.ts';
import { Keeper } from '../recordings/keeper.ts';
import { Playback } from '../recordings/playing/playback.ts';
import { Recordings } from '../recordings/recordings.ts';
import { RuleRunner } from '../recordings/rules/rule-runner.ts';
import { Schedule } from '../recordings/schedule.ts';
import { Watchers } from '../recordings/watchers.ts';
import type { People } from '../store/people.ts';
import type { RecordingRules } from '../store/recording-rules.ts';
import type { StoredRecordings } from '../store/recordings.ts';
import type { AccountsApi } from './create-accounts.ts';
import type { Part } from './lifecycle.ts';
import { recordingFacts } from './recording-facts.ts';

export interface RecordingsPartOptions {
  readonly settings: Pick<Settings, 'current'>;
  readonly stored: StoredRecordings;
  /** Emits after each change of a stored recording. */
  readonly changes: Emitter;
  readonly accounts: Pick<AccountsApi, 'pool' | 'tuners'>;
  readonly catalogue: Pick<Catalogue, 'groupOf' | 'snapshot'>;
  readonly rules: RecordingRules;
  readonly people: Pick<People, 'find'>;
  readonly guide: Pick<Guide, 'between' | 'search'>;
  readonly ffmpegPath: string;
  /** Called with the absolute path of each finished file. */
  readonly onFile: (path: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface RecordingsApi {
  readonly recordings: Recordings;
  readonly ruleRunner: RuleRunner;
  readonly playback: Playback;
  /** For /doctor. */
  readonly facts: () => Promise<RecordingsFacts | null>;
}

/** The recordings; those that a former process has begun go on. */
export function createRecordings(options: RecordingsPartOptions): Part<RecordingsApi> {
  const { settings, stored, changes, accounts, clock } = options;
  const { dataDir, recordingsDir } = settings.current;
  const root = resolve(recordingsDir ?? join(dataDir, 'recordings'));
  const watchers = new Watchers(clock);
  const schedule = new Schedule({
    ...options,
    root,
    watchers,
    tuners: accounts.tuners,
    files: () => settings.current.recordingFiles,
    leastFree: () => settings.current.recordingRules.leastFree,
    labelOf: ({ channelId, channelName }) => labelOf(options, { id: channelId, name: channelName }),
  });
  const follower = new GuideFollower({ ...options, schedule });
  const recordings = new Recordings({ stored, schedule, root, changes, watchers, clock });
  const playback = new Playback({
    ...options,
    ...{ recordings, root, watchers },
    audioLanguages: () => settings.current.audioLanguages,
  });
  const keeper = new Keeper({ ...options, recordings, root, rules: () => settings.current.recordingRules });
  const ruleRunner = new RuleRunner({
    ...options,
    recordings,
    margins: () => settings.current.recordingMargins,
    mayPlan: (rule) =>
      mayRulePlan(
        { recordings, people: options.people, recordingsPerPerson: settings.current.recordingsPerPerson },
        rule,
      ),
  });
  return {
    api: {
      recordings,
      ruleRunner,
      playback,
      facts: () => {
        const { leastFree } = settings.current.recordingRules;
        return recordingFacts({ recordings, root, leastFree, clock });
      },
    },
    start: () => {
      // The provider may still count the connections of the process before this one.
      if (stored.all().some(({ state }) => state === 'waiting' || state === 'recording'))
        accounts.pool.noteFreed();
      schedule.start();
      follower.start();
      keeper.start();
      ruleRunner.start();
    },
    stop: async () => {
      await ruleRunner.stop();
      await keeper.stop();
      await follower.stop();
      await schedule.stop();
    },
  };
}
