import type { OpenVote, VoteResult } from '../actions/votes.ts';
import type { Language } from '../domain/actor.ts';
import type { Line } from '../words/line.ts';
import { messagesIn } from '../words/messages-in.ts';
import { type FailureContext, failureReply } from './error-reply.ts';
import type { Reply } from './reply.ts';

/** A vote as its message shows it: the question with its buttons, or what came of it. */
export function voteReply(vote: OpenVote | VoteResult, context: FailureContext): Reply {
  return vote.state === 'open' ? openReply(vote) : resultReply(vote, context);
}

/** What the message of a vote says that a restart ended. */
export function voteCutOff(language: Language): Reply {
  return { lines: [[messagesIn(language).voteCutOff]], isPrivate: false };
}

function openReply({ id, motion, endsAt, yes, no }: OpenVote): Reply {
  const { by, wanted, onAir, language } = motion;
  const messages = messagesIn(language);
  const lines: Line[] = [
    [{ bold: messages.wouldLike(by.name, wanted) }],
    [messages.watching(onAir.viewers, onAir.name, onAir.askedBy)],
    [`${messages.voteEnds} `, { ago: endsAt }],
  ];
  const ballot = (label: string, value: string) => ({
    label,
    action: { command: 'vote', values: [value, id] },
  });
  return { lines, buttons: [[ballot(`👍 ${yes}`, 'yes'), ballot(`👎 ${no}`, 'no')]], isPrivate: false };
}

function resultReply(result: VoteResult, context: FailureContext): Reply {
  const { yes, no, motion, failure } = result;
  const more = failure && failureReply(failure, context, motion.language);
  return {
    lines: [[`👍 ${yes} · 👎 ${no} · ${outcome(result)}`], ...(more?.lines ?? [])],
    buttons: more?.buttons ?? [],
    isPrivate: false,
  };
}

function outcome({ state, motion }: VoteResult): string {
  const messages = messagesIn(motion.language);
  switch (state) {
    case 'won':
      return messages.voteWon(motion.wanted);
    case 'lost':
      return messages.voteLost(motion.onAir.name);
    case 'moot':
      return messages.voteMoot;
  }
}
