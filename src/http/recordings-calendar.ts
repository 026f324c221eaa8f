import ical, { ICalEventTransparency } from 'ical-generator';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Language } from '../domain/actor.ts';
import { hasFile, type Recording } from '../domain/recording.ts';
import { messagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import type { HttpContext } from './context.ts';

/** Seconds after which calendars ask again, as far as they follow it. */
const EVERY = 15 * 60;
/** What iCalendar cannot hold. */
const CONTROLS = /(?!\n)\p{Cc}/gu;

/** Who reads a calendar. */
export interface CalendarReader {
  readonly language: Language;
  /** Our address, for the events' links. */
  readonly base: string;
}

/** All recordings but failed ones as a calendar (RFC 5545), each an event with its channel as the place. */
export function recordingsCalendar(
  context: Pick<HttpContext, 'catalogue' | 'deviceId' | 'recordings'>,
  { language, base }: CalendarReader,
): string {
  const { recorded, buttons } = messagesIn(language);
  const events = context.recordings
    .all()
    .filter(({ state }) => state !== 'failed')
    .map((recording) => ({
      id: `recording-${recording.id}@${context.deviceId}.zapette`,
      stamp: new Date(recording.createdAt),
      start: new Date(recording.start),
      end: new Date(recording.stop),
      summary: clean(summaryOf(recording)),
      location: clean(labelOf(context, { id: recording.channelId, name: recording.channelName })),
      description: clean(descriptionOf(recording, recorded.states[recording.state], language)),
      // Nobody is busy while a programme is recorded.
      transparency: ICalEventTransparency.TRANSPARENT,
      url: hasFile(recording) ? `${base}/recordings/${recording.id}` : `${base}/#recordings`,
    }));
  return ical({
    name: `Zapette · ${buttons.recordings}`,
    prodId: { company: 'Zapette', product: 'Recordings', language: language.toUpperCase() },
    ttl: EVERY,
    events,
  }).toString();
}

function summaryOf({ state, title }: Recording): string {
  return state === 'recording' ? `● ${title}` : title;
}

function descriptionOf({ programme, reason }: Recording, state: string, language: Language): string {
  const told = [programme?.subTitle, programme?.description];
  const why = reason && sentence(language, reason.code, reason.params);
  const now = [state.charAt(0).toUpperCase() + state.slice(1), why].filter((text) => text).join('\n');
  return [...told, now].filter((text) => text).join('\n\n');
}

function clean(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll(CONTROLS, '');
}
