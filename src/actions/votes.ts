import { randomBytes } from 'node:crypto';
import type { Asker, Language } from '../domain/actor.ts';
import type { Posted, VoteMessage } from '../domain/card.ts';
import { AppError, toAppError } from '../domain/errors.ts';
import type { ScreenId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

/** What a room is asked. */
export interface Motion {
  /** The screen that the channel is for. */
  readonly screen: ScreenId;
  /** Counts as a yes. */
  readonly by: Asker;
  /** The channel's title. */
  readonly wanted: string;
  /** The channel on that screen, and how many watch it. */
  readonly onAir: { readonly name: string; readonly askedBy: string | null; readonly viewers: number };
  /** The language of the room. */
  readonly language: Language;
  /** Whether the screen has another channel by now. */
  readonly isMoot: () => boolean;
  /** Plays the channel that was voted for. @throws AppError */
  readonly play: () => Promise<unknown>;
}

/** The state of a vote, for whoever shows it. */
interface Count {
  readonly motion: Motion;
  readonly yes: number;
  readonly no: number;
}

/** A vote under way. */
export interface OpenVote extends Count {
  readonly state: 'open';
  readonly id: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
}

/** A vote that has ended. */
export interface VoteResult extends Count {
  /** `moot`: another channel was on air by then. */
  readonly state: 'won' | 'lost' | 'moot';
  /** Why the channel that won could not be played; null where it was played, or did not win. */
  readonly failure: AppError | null;
}

/** Changes the message of a vote, best effort. @returns false where another try may succeed. */
type ShowResult = (result: VoteResult) => Promise<boolean>;

interface Vote {
  readonly id: string;
  readonly motion: Motion;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  /** Yes or no, by the id of the person. */
  readonly ballots: Map<string, boolean>;
  cancel: () => void;
  posted: { readonly message: Posted; readonly show: ShowResult } | null;
  /** Null while it is open. */
  result: VoteResult | null;
}

/** Where the messages of votes are kept, so that those that a restart leaves can be closed. */
export interface VoteMessageStore {
  all(): VoteMessage[];
  put(message: VoteMessage): void;
  forget(message: Posted): void;
}

export interface VotesOptions {
  readonly clock: Clock;
  readonly messages: VoteMessageStore;
  readonly logger: Logger;
}

/** Milliseconds. */
const VOTE_LENGTH = 30_000;

/** The votes under way. They end with the process; the disk only keeps which messages to close. */
export class Votes {
  readonly #options: VotesOptions;
  readonly #open = new Map<string, Vote>();

  constructor(options: VotesOptions) {
    this.#options = options;
  }

  /**
   * Closes the messages of votes that an earlier process left, which cannot go on.
   * @param close false where another try may succeed.
   */
  closeLeft(close: (message: VoteMessage) => Promise<boolean>): void {
    this.#keep((messages) => {
      for (const message of messages.all()) void this.#closeLeft(message, close);
    });
  }

  /**
   * Opens a vote.
   * @returns the vote, and a function that takes its message once it is posted, with how to show the result there.
   */
  open(motion: Motion): { vote: OpenVote; onPosted: (message: Posted, show: ShowResult) => void } {
    const { clock } = this.#options;
    const vote: Vote = {
      id: randomBytes(6).toString('base64url'),
      motion,
      endsAt: clock.now() + VOTE_LENGTH,
      ballots: new Map([[motion.by.id, true]]),
      cancel: () => {},
      posted: null,
      result: null,
    };
    this.#open.set(vote.id, vote);
    vote.cancel = clock.after(VOTE_LENGTH, () => void this.#timeIsUp(vote));
    return {
      vote: toOpenVote(vote),
      onPosted: (message, show) => {
        vote.posted = { message, show };
        this.#keep((messages) => messages.put({ ...message, language: motion.language }));
        // It took longer to post than to vote.
        if (vote.result) void this.#showResult(vote, vote.result);
      },
    };
  }

  /**
   * Takes somebody's vote, which replaces their earlier one.
   * @throws AppError vote_over
   */
  async cast(id: string, person: string, isYes: boolean): Promise<OpenVote | VoteResult> {
    const vote = this.#open.get(id);
    if (!vote) throw new AppError('vote_over');
    vote.ballots.set(person, isYes);
    if (!vote.motion.isMoot() && !isDecided(vote)) return toOpenVote(vote);
    const result = await this.#close(vote);
    this.#forget(vote);
    return result;
  }

  stop(): void {
    for (const { cancel } of this.#open.values()) cancel();
    this.#open.clear();
  }

  async #timeIsUp(vote: Vote): Promise<void> {
    await this.#showResult(vote, await this.#close(vote));
  }

  async #showResult(vote: Vote, result: VoteResult): Promise<void> {
    vote.result = result;
    if (await vote.posted?.show(result)) this.#forget(vote);
  }

  async #closeLeft(message: VoteMessage, close: (message: VoteMessage) => Promise<boolean>): Promise<void> {
    if (await close(message)) this.#keep((messages) => messages.forget(message));
  }

  #forget({ posted }: Vote): void {
    if (posted) this.#keep((messages) => messages.forget(posted.message));
  }

  /** Best effort: a vote needs no disk. */
  #keep(job: (messages: VoteMessageStore) => void): void {
    try {
      job(this.#options.messages);
    } catch (error) {
      this.#options.logger.error({ err: error }, 'the messages of votes cannot be read or kept');
    }
  }

  async #close(vote: Vote): Promise<VoteResult> {
    const { motion } = vote;
    this.#open.delete(vote.id);
    vote.cancel();
    const count = { motion, ...countOf(vote) };
    if (motion.isMoot()) return { ...count, state: 'moot', failure: null };
    if (count.yes <= count.no) return { ...count, state: 'lost', failure: null };
    return { ...count, state: 'won', failure: await this.#play(motion) };
  }

  async #play(motion: Motion): Promise<AppError | null> {
    try {
      await motion.play();
      return null;
    } catch (error) {
      const known = toAppError(error);
      this.#options.logger[known.code === 'internal' ? 'error' : 'info'](
        { ...known.params, screen: motion.screen, err: error },
        'the result of a vote could not be carried out',
      );
      return known;
    }
  }
}

function toOpenVote(vote: Vote): OpenVote {
  const { id, motion, endsAt } = vote;
  return { state: 'open', id, motion, endsAt, ...countOf(vote) };
}

function countOf({ ballots }: Vote): { yes: number; no: number } {
  const yes = [...ballots.values()].filter(Boolean).length;
  return { yes, no: ballots.size - yes };
}

/** Whether the others cannot turn it any more: everybody who watches, and the asker, who may not be watching. */
function isDecided(vote: Vote): boolean {
  const { yes, no } = countOf(vote);
  const left = Math.max(0, vote.motion.onAir.viewers + 1 - vote.ballots.size);
  return yes > no + left || no >= yes + left;
}
