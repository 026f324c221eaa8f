import type { Posted } from '../domain/card.ts';
import type { Line } from '../words/line.ts';

/** The action of a button: a command with its values. It is complete, so buttons work after a restart too. */
export interface Action {
  readonly command: string;
  readonly values: readonly string[];
}

/** A button that calls a command. */
export interface ActionButton {
  readonly label: string;
  readonly action: Action;
  /** `danger`: it disturbs everybody, which the platform shows if it can. */
  readonly style?: 'danger';
}

export type Button = ActionButton | { readonly label: string; readonly url: string };

/** One choice of a menu: an entry of a select menu where the platform has one, else a button. */
export interface Choice {
  readonly label: string;
  /** What distinguishes it from the others: its category and quality. */
  readonly description?: string;
  readonly action: Action;
}

export interface Menu {
  /** The title of the menu in a few words: "Choose a channel". */
  readonly placeholder: string;
  readonly choices: readonly Choice[];
}

/** Changes a message that was posted, best effort. @returns false where another try may succeed. */
export type ChangePosted = (reply: Reply) => Promise<boolean>;

/** A video of an answer. */
export interface ReplyVideo {
  /** The name of the file. */
  readonly name: string;
  /** The path of a file of at most so many bytes; null if there is none that is worth watching. */
  upTo(size: number): Promise<string | null>;
}

/** An answer to a command, independent of the platform that shows it. */
export interface Reply {
  readonly lines: readonly Line[];
  /** The address of a small picture beside the lines, which the platform's servers fetch. */
  readonly picture?: string;
  /**
   * A video that the platform shows below the lines, where it may be sent. The answer to a press is then a message of its own:
   * the message with the button stays as it is.
   */
  readonly video?: ReplyVideo;
  /** Rows of buttons. */
  readonly buttons?: readonly (readonly Button[])[];
  /** Shown above the buttons. */
  readonly menu?: Menu;
  /** Whether only the asker sees it. */
  readonly isPrivate: boolean;
  /**
   * Set for an answer that is sent by private message, with only a short note in place. The action requests the same answer
   * again, for an asker who must first allow private messages.
   */
  readonly direct?: Action;
  /** Called where the answer could not be delivered, to revoke whatever it holds. */
  readonly onUndelivered?: () => void;
  /** Set for a card: its message becomes the place's card and is kept up to date. */
  readonly isCard?: true;
  /** The answer will change later: the adapter calls this with the posted message and a function that edits it. */
  readonly onPosted?: (posted: Posted, change: ChangePosted) => void;
  /** Set where nothing was done: the message with the pressed button stays as it is. */
  readonly isRefusal?: true;
  /**
   * Set for an answer that is shown for a moment at most, without a message; the message with the pressed button stays as it
   * is.
   */
  readonly isFleeting?: true;
  /** Set where nothing is to be said: the promised answer or the shown progress is removed. */
  readonly isSilent?: true;
  /** Sent in private to each admin of the platform who can be reached. */
  readonly toAdmins?: Reply;
}

/** Puts buttons into rows. */
export function rowsOf(buttons: readonly Button[], perRow: number): Button[][] {
  return Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    buttons.slice(row * perRow, (row + 1) * perRow),
  );
}

const VERSION = 'v1';
/** Bytes that fit everywhere: Telegram's callback data has 64 bytes, Discord's custom id 100 characters. */
const LONGEST = 64;

/** Encodes an action as a button's text. Values are ids, never names. @throws RangeError if it would not fit */
export function encodeAction({ command, values }: Action): string {
  const text = [VERSION, command, ...values].join(':');
  if (Buffer.byteLength(text) > LONGEST) throw new RangeError(`an action of more than ${LONGEST} bytes`);
  return text;
}

/** Decodes the action of a button; null for a button of another version or of another bot. */
export function decodeAction(text: string): Action | null {
  const [version, command, ...values] = text.split(':');
  return version === VERSION && command ? { command, values } : null;
}
