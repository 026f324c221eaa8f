/** What went wrong, in the words of hls.js (`ErrorTypes`, `ErrorDetails`). */
export interface Failure {
  readonly type: string;
  readonly details: string;
  /** hls.js has given up on it. */
  readonly fatal: boolean;
  /** HTTP status of the answer; null where there was none. */
  readonly status: number | null;
}

export type Action =
  | { readonly kind: 'ignore' }
  /** Wait, see whether the server is there, load the source again. */
  | { readonly kind: 'reload'; readonly delayMs: number }
  /** The page's cookie has run out: ask for /watch again, then as reload. */
  | { readonly kind: 'renew-cookie' }
  /** Reset the decoder and play on beyond the bytes that it refused. */
  | { readonly kind: 'skip' }
  /** Throw the player away and make a new one. */
  | { readonly kind: 'recreate'; readonly delayMs: number };

interface Rule {
  readonly when: (failure: Failure, mediaFailures: number) => boolean;
  readonly action: (mediaFailures: number) => Action;
}

/** The decoder will not take these bytes, however often they are offered: wait for another channel. */
const undecodable = new Set([
  'manifestIncompatibleCodecsError',
  'bufferIncompatibleCodecsError',
  'bufferAddCodecError',
]);

const RELOAD_MS = 1_000;
const MOST_RECREATE_MS = 5_000;
/** Skips in a row before the player is thrown away: enough for the whole reserve and some new segments behind it. */
const MOST_SKIPS = 10;

/**
 * True for every failure that leaves the decoder unusable. For hls.js, mediaSourceRequiresReset is not fatal: it begins
 * again at the refused bytes.
 */
export function hasDecoderStopped({ type, details, fatal }: Failure): boolean {
  return type === 'mediaError' && (fatal || details === 'mediaSourceRequiresReset');
}

/** The first rule that matches decides. */
const rules: readonly Rule[] = [
  { when: ({ status }) => status === 403, action: () => ({ kind: 'renew-cookie' }) },
  {
    when: (failure, failures) =>
      hasDecoderStopped(failure) && !undecodable.has(failure.details) && failures < MOST_SKIPS,
    action: () => ({ kind: 'skip' }),
  },
  { when: ({ fatal }) => !fatal, action: () => ({ kind: 'ignore' }) },
  { when: ({ type }) => type === 'networkError', action: () => ({ kind: 'reload', delayMs: RELOAD_MS }) },
  { when: ({ details }) => undecodable.has(details), action: () => ({ kind: 'recreate', delayMs: 3_000 }) },
  {
    when: () => true,
    action: (failures) => ({
      kind: 'recreate',
      delayMs: Math.min(MOST_RECREATE_MS, RELOAD_MS * Math.max(1, failures - MOST_SKIPS + 1)),
    }),
  },
];

/**
 * What to do about a failure.
 * @param mediaFailures how many times in a row the decoder had stopped before, with nothing played in between.
 */
export function decide(failure: Failure, mediaFailures: number): Action {
  const rule = rules.find(({ when }) => when(failure, mediaFailures));
  return rule ? rule.action(mediaFailures) : { kind: 'ignore' };
}
