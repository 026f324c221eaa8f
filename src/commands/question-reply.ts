import type { Question } from '../actions/etiquette.ts';
import type { Actor, Place } from '../domain/actor.ts';
import { shorten } from '../lib/shorten.ts';
import type { Line } from '../words/line.ts';
import { messagesIn } from '../words/messages-in.ts';
import type { MarksContext } from './channel-choice.ts';
import { markOfRecording } from './recording-mark.ts';
import type { Button, Reply } from './reply.ts';
import { markOfTime } from './time-mark.ts';

const LONGEST_TITLE = 60;

interface Reader {
  readonly actor: Pick<Actor, 'language'>;
  readonly place: Pick<Place, 'isPrivate'>;
  readonly context: MarksContext;
}

/**
 * Asks somebody whether to switch although others watch or a recording is interrupted: switch, ask the room, take the recording
 * from the archive afterwards and switch, or cancel.
 */
export function questionReply(
  { isDisturbing, interrupted, viewers, onAir, askedBy, wanted, from: start, recording }: Question,
  { actor, place, context }: Reader,
): Reply {
  const { watching, interrupts, switchTo, buttons: labels } = messagesIn(actor.language);
  const [to, from] = [context.marks.of(wanted), onAir ? context.marks.of(onAir) : ''];
  const what = recording !== null ? [markOfRecording(recording)] : start !== null ? [markOfTime(start)] : [];
  const play = (label: string, cut: string): Button => ({
    label,
    action: { command: 'play', values: [...what, `${to}!${from}${cut}`] },
  });
  const others: Line = isDisturbing && onAir ? [watching(viewers, onAir.label, askedBy), ' '] : [];
  const question = { bold: switchTo(wanted.label) };
  const cancel: Button = { label: labels.cancel, action: { command: 'vote', values: ['cancel'] } };
  if (interrupted) {
    const { id, title, stop, isKept } = interrupted;
    return {
      lines: [[...others, `${interrupts(shorten(title, LONGEST_TITLE))} `, { clock: stop }, '. ', question]],
      buttons: [
        [play(labels.switchAnyway, `!${id}`)],
        ...(isKept ? [[play(labels.switchAndKeep, `!${id}a`)]] : []),
        [cancel],
      ],
      isPrivate: true,
    };
  }
  const buttons: Button[] = [
    play(labels.switch, ''),
    { label: labels.askRoom, action: { command: 'vote', values: ['ask', to, from, ...what] } },
    cancel,
  ];
  return {
    lines: [[...others, question]],
    // Alone with the bot there is no room to ask.
    buttons: [place.isPrivate ? buttons.filter(({ label }) => label !== labels.askRoom) : buttons],
    isPrivate: true,
  };
}
