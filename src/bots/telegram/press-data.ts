import { type Action, decodeAction, encodeAction } from '../../commands/reply.ts';

/** What Telegram takes for a button, in bytes. */
const LONGEST = 64;

/** What a press asks for, and whose button it is: null for everybody's. */
export interface Press {
  readonly owner: number | null;
  readonly action: Action | null;
}

/**
 * A button's data, with its owner's id before the action where it is for one person: `u21i3v9;v1:play:#101!7`. So it
 * works after a restart, and nothing has to be remembered.
 * @returns null if it would not fit.
 */
export function encodePress(action: Action, owner: number | null): string | null {
  const mark = owner === null ? '' : `u${owner.toString(36)};`;
  try {
    const data = mark + encodeAction(action);
    return Buffer.byteLength(data) <= LONGEST ? data : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export function decodePress(data: string): Press {
  const [, owner, rest = data] = /^u([0-9a-z]{1,11});(.*)$/s.exec(data) ?? [];
  return { owner: owner === undefined ? null : Number.parseInt(owner, 36), action: decodeAction(rest) };
}
