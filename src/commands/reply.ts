import type { Posted } from '../domain/card.ts';
import type { Line } from '../words/line.ts';

/** What a button does: a command with its values. It holds all that is needed, so it works after a restart too. */
export interface Action {
  readonly command: string;
  readonly values: readonly string[];
}

/** A button that calls a command. */
export interface ActionButton {
  readonly label: string;
  readonly action: Action;
  /** `danger`: it disturbs everybody, and looks so where the platform can show it. */
  readonly style?: 'danger';
}

export type Button = ActionButton | { readonly label: string; readonly url: string };

/** One of several things to choose from: a select menu where the platform has one, else buttons. */
export interface Choice {
  readonly label: string;
  /** What tells it from the others: its category, its quality. */
  readonly description?: string;
  readonly action: Action;
}

export interface Menu {
  /** What is chosen here, in a word or two: "Choose a channel". */
  readonly placeholder: string;
  readonly choices: readonly Choice[];
}

/** Changes a message that was posted, best effort. @returns false where another try may succeed. */
export type ChangePosted = (reply: Reply) => Promise<boolean>;

/** An answer that knows nothing of the platform that shows it. */
export interface Reply {
  readonly lines: readonly Line[];
  /** Address of a small picture beside the lines, from where the platform's own servers fetch it. */
  readonly picture?: string;
  /** Rows of buttons. */
  readonly buttons?: readonly (readonly Button[])[];
  /** Stands above the buttons. */
  readonly menu?: Menu;
  /** Only the asker sees it. */
  readonly isPrivate: boolean;
  /**
   * It is sent by private message, and no more than a word about that is said in place. This asks for the same again,
   * where the asker must first let us write to them.
   */
  readonly direct?: Action;
  /** It could not be delivered, so that nobody has it and nobody will: whatever it holds is taken back. */
  readonly onUndelivered?: () => void;
  /** What is on: the message that it lands in is the place's card from then on, and kept up to date. */
  readonly isCard?: true;
  /** The answer will change later: the adapter calls this with the posted message and a function that edits it. */
  readonly onPosted?: (posted: Posted, change: ChangePosted) => void;
  /** Nothing has come of it: what was pressed stays as it is. */
  readonly isRefusal?: true;
  /** What was pressed stays as it is, and no message comes of it: it is shown for a moment at most. */
  readonly isFleeting?: true;
  /** Nothing needs to be said any more: the answer that was promised, or shown while working, goes. */
  readonly isSilent?: true;
  /** Sent to each admin of the platform in private as well, as far as they can be reached. */
  readonly toAdmins?: Reply;
}

/** Buttons in rows of at most so many. */
export function rowsOf(buttons: readonly Button[], perRow: number): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    buttons.slice(row * perRow, (row + 1) * perRow),
  );
}

const VERSION = 'v1';
/** What fits everywhere: Telegram's callback data has 64 bytes, Discord's custom id 100 characters. */
const LONGEST = 64;

/** The action as text for a button. @throws RangeError if it would not fit; values are ids, never names. */
export function encodeAction({ command, values }: Action): string {
  const text = [VERSION, command, ...values].join(':');
  if (Buffer.byteLength(text) > LONGEST) throw new RangeError(`an action of more than ${LONGEST} bytes`);
  return text;
}

/** The action of a button; null for one of another version, or none of ours. */
export function decodeAction(text: string): Action | null {
  const [version, command, ...values] = text.split(':');
  return version === VERSION && command ? { command, values } : null;
}
