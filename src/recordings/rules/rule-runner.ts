import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Guide } from '../../catalogue/guide/guide.ts';
import { AppError } from '../../domain/errors.ts';
import { isOver, type Recording, type RecordingMargins } from '../../domain/recording.ts';
import type { RecordingRule, RuleContent } from '../../domain/recording-rule.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { RecordingRules } from '../../store/recording-rules.ts';
import type { StoredRecordings } from '../../store/recordings.ts';
import type { Recordings } from '../recordings.ts';
import { matchingAirings, type WantedProgramme } from './matching-airings.ts';

export interface RuleRunnerOptions {
  readonly rules: Pick<RecordingRules, 'all'>;
  readonly stored: Pick<StoredRecordings, 'all' | 'withRemoved'>;
  readonly recordings: Pick<Recordings, 'plan'>;
  /** Whether a rule may plan one more recording. */
  readonly mayPlan: (rule: RecordingRule) => boolean;
  readonly margins: () => RecordingMargins;
  readonly guide: Pick<Guide, 'search'>;
  readonly catalogue: Pick<Catalogue, 'groupOf' | 'snapshot'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What a rule takes, and whether it is planned already, or runs. */
export interface PreviewedProgramme extends WantedProgramme {
  readonly isPlanned: boolean;
}

/** Milliseconds between two looks into the guide. */
const EVERY = 600_000;
/** Milliseconds after the start, since the guide is read first. */
const FIRST = 60_000;
/** Programmes that a rule finds at a time. */
const MOST = 100;

/** Plans a recording for each programme that a rule wants. */
export class RuleRunner {
  readonly #options: RuleRunnerOptions;
  #underWay: Promise<void> = Promise.resolve();
  #isRunning = false;
  #cancel = () => {};

  constructor(options: RuleRunnerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isRunning = true;
    this.#lookIn(FIRST);
  }

  async stop(): Promise<void> {
    this.#isRunning = false;
    this.#cancel();
    await this.#underWay;
  }

  /** What a rule takes of what the guide has now, also what is to be recorded already. */
  async preview(rule: RuleContent): Promise<PreviewedProgramme[]> {
    const { stored, guide, catalogue, clock } = this.#options;
    const airings = await guide.search(rule.title, MOST);
    const matching = (known: readonly Recording[]) =>
      matchingAirings(rule, airings, {
        known,
        variantsOf: (id) => catalogue.groupOf(id)?.variants.map((variant) => variant.id) ?? [],
        now: clock.now(),
      });
    const toCome = new Set(stored.all().flatMap((recording) => (isOver(recording) ? [] : recording.id)));
    const known = stored.withRemoved();
    const wanted = new Set(matching(known).map(({ programme }) => programme));
    return matching(known.filter(({ id }) => !toCome.has(id))).map((each) => ({
      ...each,
      isPlanned: !wanted.has(each.programme),
    }));
  }

  /** Plans what the rules want now. Never rejects. */
  look(): Promise<void> {
    this.#underWay = this.#underWay.then(async () => {
      for (const rule of this.#options.rules.all()) {
        try {
          for (const each of await this.preview(rule))
            if (!each.isPlanned && this.#options.mayPlan(rule)) this.#plan(rule, each);
        } catch (err) {
          this.#options.logger.warn({ rule: rule.id, err }, 'a rule for recordings could not be followed');
        }
      }
    });
    return this.#underWay;
  }

  #plan(rule: RecordingRule, { channelId, programme }: WantedProgramme): void {
    const { recordings, margins, catalogue, logger } = this.#options;
    const channel = catalogue.snapshot().byId.get(channelId);
    if (!channel) return;
    const { before, after } = margins();
    const { title, start, stop, subTitle, description, season, episode } = programme;
    try {
      const { id } = recordings.plan(
        {
          channel: { channelId, channelName: channel.name },
          ...{ title, start: start - before, stop: stop + after, isFollowing: true },
          programme: { title, start, stop, subTitle, description, season, episode },
        },
        rule.by,
      );
      logger.info({ rule: rule.id, recording: id, title }, 'a rule has planned a recording');
    } catch (err) {
      if (!(err instanceof AppError)) throw err;
      logger.warn({ rule: rule.id, code: err.code, title }, 'a rule could not plan a recording');
    }
  }

  #lookIn(delay: number): void {
    if (!this.#isRunning) return;
    this.#cancel = this.#options.clock.after(delay, () => void this.look().then(() => this.#lookIn(EVERY)));
  }
}
