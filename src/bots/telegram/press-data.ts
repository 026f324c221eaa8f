import { type Action, decodeAction, encodeAction } from '../../commands/reply.ts';

/** Telegram's limit for a button's data, in bytes. */
const LONGEST = 64;

/** A decoded button: its action, and the person who alone may press it, null for everybody. */
export interface Press {
  readonly owner: number | null;
  readonly action: Action | null;
}

/**
 * Encodes a button's data, with the owner's id before the action if it has one: `u21i3v9;v1:play:#101!7`. It works after
 * a restart, since nothing has to be remembered.
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
