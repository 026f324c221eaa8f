import { randomBytes } from 'node:crypto';
import type { ChangePosted, Reply } from '../commands/reply.ts';
import type { Asker, Language } from '../domain/actor.ts';
import type { Posted, VoteMessage } from '../domain/card.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Line } from '../words/line.ts';
import { messagesIn } from '../words/messages-in.ts';

/** What a room is asked. */
export interface Motion {
  /** Counts as a yes. */
  readonly by: Asker;
  /** The channel's name. */
  readonly wanted: string;
  /** What is on now, and how many watch it. */
  readonly onAir: { readonly name: string; readonly askedBy: string | null; readonly viewers: number };
  readonly language: Language;
  /** Something else is on by now. */
  readonly isMoot: () => boolean;
  /** Does what was voted for; null if it was done, else what to say instead. */
  readonly carryOut: () => Promise<Reply | null>;
}

interface Vote {
  readonly id: string;
  readonly motion: Motion;
  /** Epoch milliseconds. */
  readonly endsAt: number;
  /** Yes or no, by who said it. */
  readonly ballots: Map<string, boolean>;
  cancel: () => void;
  posted: { readonly message: Posted; readonly change: ChangePosted } | null;
  /** What came of it; null while it is open. */
  result: Reply | null;
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

const PATIENCE = 30_000;

/** The votes under way. They end with the process; of half a minute no more is kept than which messages to close. */
export class Votes {
  readonly #options: VotesOptions;
  readonly #open = new Map<string, Vote>();

  constructor(options: VotesOptions) {
    this.#options = options;
  }

  /** The votes that a former process has left cannot go on: their messages say so. */
  closeLeft(change: (posted: Posted, reply: Reply) => Promise<boolean>): void {
    this.#keep((messages) => {
      for (const message of messages.all()) void this.#closeLeft(message, change);
    });
  }

  /** The question to the room. It changes with each vote, and shows what came of it in the end. */
  open(motion: Motion): Reply {
    const { clock } = this.#options;
    const vote: Vote = {
      id: randomBytes(6).toString('base64url'),
      motion,
      endsAt: clock.now() + PATIENCE,
      ballots: new Map([[motion.by.id, true]]),
      cancel: () => {},
      posted: null,
      result: null,
    };
    this.#open.set(vote.id, vote);
    vote.cancel = clock.after(PATIENCE, () => void this.#timeIsUp(vote));
    return {
      ...asked(vote),
      onPosted: (message, change) => {
        vote.posted = { message, change };
        this.#keep((messages) => messages.put({ ...message, language: motion.language }));
        // It took longer to post than to vote.
        if (vote.result) void this.#showResult(vote, vote.result);
      },
    };
  }

  /**
   * Somebody votes, or votes otherwise than before.
   * @throws AppError vote_over
   */
  async cast(id: string, person: string, isYes: boolean): Promise<Reply> {
    const vote = this.#open.get(id);
    if (!vote) throw new AppError('vote_over');
    vote.ballots.set(person, isYes);
    if (!vote.motion.isMoot() && !isDecided(vote)) return asked(vote);
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

  async #showResult(vote: Vote, result: Reply): Promise<void> {
    vote.result = result;
    if (await vote.posted?.change(result)) this.#forget(vote);
  }

  async #closeLeft(
    message: VoteMessage,
    change: (posted: Posted, reply: Reply) => Promise<boolean>,
  ): Promise<void> {
    const over = { lines: [[messagesIn(message.language).voteCutOff]], isPrivate: false };
    if (await change(message, over)) this.#keep((messages) => messages.forget(message));
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

  async #close(vote: Vote): Promise<Reply> {
    const { motion } = vote;
    this.#open.delete(vote.id);
    vote.cancel();
    const words = messagesIn(motion.language);
    const { yes, no } = tally(vote);
    const told = (text: string, more: Reply | null = null): Reply => ({
      lines: [[`👍 ${yes} · 👎 ${no} · ${text}`], ...(more?.lines ?? [])],
      buttons: more?.buttons ?? [],
      isPrivate: false,
    });
    if (motion.isMoot()) return told(words.voteMoot);
    if (yes <= no) return told(words.voteLost(motion.onAir.name));
    return told(words.voteWon(motion.wanted), await motion.carryOut());
  }
}

function asked(vote: Vote): Reply {
  const { id, motion } = vote;
  const { by, wanted, onAir, language } = motion;
  const words = messagesIn(language);
  const { yes, no } = tally(vote);
  const lines: Line[] = [
    [{ bold: words.wouldLike(by.name, wanted) }],
    [words.watching(onAir.viewers, onAir.name, onAir.askedBy)],
    [`${words.voteEnds} `, { ago: vote.endsAt }],
  ];
  const ballot = (label: string, value: string) => ({
    label,
    action: { command: 'vote', values: [value, id] },
  });
  return { lines, buttons: [[ballot(`👍 ${yes}`, 'yes'), ballot(`👎 ${no}`, 'no')]], isPrivate: false };
}

function tally({ ballots }: Vote): { yes: number; no: number } {
  const yes = [...ballots.values()].filter(Boolean).length;
  return { yes, no: ballots.size - yes };
}

/** The others cannot turn it any more: everybody who watches, and the asker, who may not be watching. */
function isDecided(vote: Vote): boolean {
  const { yes, no } = tally(vote);
  const left = Math.max(0, vote.motion.onAir.viewers + 1 - vote.ballots.size);
  return yes > no + left || no >= yes + left;
}
