import { randomBytes } from 'node:crypto';
import type { Asker, Language } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { phrasesIn } from './phrases.ts';
import type { Line, Reply } from './reply.ts';

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
  change: ((reply: Reply) => Promise<void>) | null;
}

const PATIENCE = 30_000;

/** The votes under way. They live in memory: half a minute is not worth keeping over a restart. */
export class Votes {
  readonly #clock: Clock;
  readonly #open = new Map<string, Vote>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The question to the room. It changes with each vote, and shows what came of it in the end. */
  open(motion: Motion): Reply {
    const vote: Vote = {
      id: randomBytes(6).toString('base64url'),
      motion,
      endsAt: this.#clock.now() + PATIENCE,
      ballots: new Map([[motion.by.id, true]]),
      cancel: () => {},
      change: null,
    };
    this.#open.set(vote.id, vote);
    vote.cancel = this.#clock.after(PATIENCE, () => void this.#timeIsUp(vote));
    return {
      ...asked(vote),
      onPosted: (change) => {
        vote.change = change;
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
    return vote.motion.isMoot() || isDecided(vote) ? this.#close(vote) : asked(vote);
  }

  stop(): void {
    for (const { cancel } of this.#open.values()) cancel();
    this.#open.clear();
  }

  async #timeIsUp(vote: Vote): Promise<void> {
    const reply = await this.#close(vote);
    await vote.change?.(reply);
  }

  async #close(vote: Vote): Promise<Reply> {
    const { motion } = vote;
    this.#open.delete(vote.id);
    vote.cancel();
    const phrases = phrasesIn(motion.language);
    const { yes, no } = tally(vote);
    const told = (text: string, more: Reply | null = null): Reply => ({
      lines: [[`👍 ${yes} · 👎 ${no} · ${text}`], ...(more?.lines ?? [])],
      buttons: more?.buttons ?? [],
      isPrivate: false,
    });
    if (motion.isMoot()) return told(phrases.voteMoot);
    if (yes <= no) return told(phrases.voteLost(motion.onAir.name));
    return told(phrases.voteWon(motion.wanted), await motion.carryOut());
  }
}

function asked(vote: Vote): Reply {
  const { id, motion } = vote;
  const { by, wanted, onAir, language } = motion;
  const phrases = phrasesIn(language);
  const { yes, no } = tally(vote);
  const lines: Line[] = [
    [{ bold: phrases.wouldLike(by.name, wanted) }],
    [phrases.watching(onAir.viewers, onAir.name, onAir.askedBy)],
    [`${phrases.voteEnds} `, { ago: vote.endsAt }],
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
