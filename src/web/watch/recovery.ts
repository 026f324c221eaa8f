/** A failure, described as in hls.js (`ErrorTypes`, `ErrorDetails`). */
export interface Failure {
  readonly type: string;
  readonly details: string;
  /** hls.js has given up. */
  readonly fatal: boolean;
  /** HTTP status of the answer; null if there was none. */
  readonly status: number | null;
}

/** How the engine reacts to a failure. */
export type Action =
  | { readonly kind: 'ignore' }
  /** Wait until the server answers, then load the source again. */
  | { readonly kind: 'reload'; readonly delayMs: number }
  /** Request /watch to renew the page's expired cookie, then reload. */
  | { readonly kind: 'renew-cookie' }
  /** Reset the decoder and play on beyond the bytes that it refused. */
  | { readonly kind: 'skip' }
  /** Replace hls.js by a new instance. */
  | { readonly kind: 'recreate'; readonly delayMs: number };

interface Rule {
  readonly when: (failure: Failure, mediaFailures: number) => boolean;
  readonly action: (mediaFailures: number) => Action;
}

/** The browser lacks the codec, so that trying again helps only once another channel is on. */
const undecodable = new Set([
  'manifestIncompatibleCodecsError',
  'bufferIncompatibleCodecsError',
  'bufferAddCodecError',
]);

const RELOAD_MS = 1_000;
const MOST_RECREATE_MS = 5_000;
/** Skips in a row before hls.js is replaced: enough for the whole reserve and some new segments behind it. */
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
 * How to react to a failure.
 * @param mediaFailures how many times in a row the decoder had stopped before, with nothing played in between.
 */
export function decide(failure: Failure, mediaFailures: number): Action {
  const rule = rules.find(({ when }) => when(failure, mediaFailures));
  return rule ? rule.action(mediaFailures) : { kind: 'ignore' };
}
