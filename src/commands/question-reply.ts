import type { Question } from '../actions/etiquette.ts';
import type { Actor, Place } from '../domain/actor.ts';
import { messagesIn } from '../words/messages-in.ts';
import type { MarksContext } from './channel-choice.ts';
import { markOfRecording } from './recording-mark.ts';
import type { Button, Reply } from './reply.ts';
import { markOfTime } from './time-mark.ts';

interface Reader {
  readonly actor: Pick<Actor, 'language'>;
  readonly place: Pick<Place, 'isPrivate'>;
  readonly context: MarksContext;
}

/** Asks somebody whether to switch although others watch: switch, ask the room, or cancel. */
export function questionReply(
  { viewers, onAir, askedBy, wanted, from: start, recording }: Question,
  { actor, place, context }: Reader,
): Reply {
  const { watching, switchTo, buttons: labels } = messagesIn(actor.language);
  const [to, from] = [context.marks.of(wanted), context.marks.of(onAir)];
  const what = recording !== null ? [markOfRecording(recording)] : start !== null ? [markOfTime(start)] : [];
  const buttons: Button[] = [
    { label: labels.switch, action: { command: 'play', values: [...what, `${to}!${from}`] } },
    { label: labels.askRoom, action: { command: 'vote', values: ['ask', to, from, ...what] } },
    { label: labels.cancel, action: { command: 'vote', values: ['cancel'] } },
  ];
  return {
    lines: [[watching(viewers, onAir.label, askedBy), ' ', { bold: switchTo(wanted.label) }]],
    // Alone with the bot there is no room to ask.
    buttons: [place.isPrivate ? buttons.filter(({ label }) => label !== labels.askRoom) : buttons],
    isPrivate: true,
  };
}
