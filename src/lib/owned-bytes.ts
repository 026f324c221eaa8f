declare const owned: unique symbol;

/**
 * Bytes of which only their holder has a view, so that it may change them in place. Passing them on passes on that right:
 * the former holder must not use them any more.
 */
export type OwnedBytes = Buffer & { readonly [owned]: true };

/** Copies bytes into memory of their own. */
export function ownedCopy(bytes: Buffer): OwnedBytes {
  return takeOwnership(Buffer.from(bytes));
}

/** Marks bytes as owned without a copy; the caller vouches that nobody else has a view of their memory. */
export function takeOwnership(bytes: Buffer): OwnedBytes {
  return bytes as OwnedBytes;
}
