import type { ChannelMarks } from '../actions/channel-marks.ts';

/** Names a recording in a button: `%` and its number in base 36. */
export function markOfRecording(id: number): string {
  return `%${id.toString(36)}`;
}

/** The recording that a mark names; null for a text that is no mark. */
export function recordingOfMark(text: string): number | null {
  const [, digits] = /^%([0-9a-z]{1,9})$/.exec(text) ?? [];
  return digits === undefined ? null : Number.parseInt(digits, 36);
}

/** The recording that a button names in front of its channel: `%c`, `~112`; null where there is none. */
export function pressedRecording(
  marks: Pick<ChannelMarks, 'read'>,
  [recording = '', pressed = '']: readonly string[],
): number | null {
  const [mark = ''] = pressed.split('!');
  return marks.read(mark) === null ? null : recordingOfMark(recording);
}
