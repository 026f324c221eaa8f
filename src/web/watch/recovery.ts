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
  | { readonly kind: 'recover-media' }
  | { readonly kind: 'swap-audio-codec' }
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

/** The first rule that matches decides. */
const rules: readonly Rule[] = [
  { when: ({ status }) => status === 403, action: () => ({ kind: 'renew-cookie' }) },
  { when: ({ fatal }) => !fatal, action: () => ({ kind: 'ignore' }) },
  { when: ({ type }) => type === 'networkError', action: () => ({ kind: 'reload', delayMs: RELOAD_MS }) },
  { when: ({ details }) => undecodable.has(details), action: () => ({ kind: 'recreate', delayMs: 3_000 }) },
  {
    when: ({ type }, failures) => type === 'mediaError' && failures === 0,
    action: () => ({ kind: 'recover-media' }),
  },
  {
    when: ({ type }, failures) => type === 'mediaError' && failures === 1,
    action: () => ({ kind: 'swap-audio-codec' }),
  },
  {
    when: () => true,
    action: (failures) => ({ kind: 'recreate', delayMs: Math.min(5_000, RELOAD_MS * Math.max(1, failures)) }),
  },
];

/**
 * What to do about a failure.
 * @param mediaFailures how many fatal media errors came before this one without a stretch of good playback between.
 */
export function decide(failure: Failure, mediaFailures: number): Action {
  const rule = rules.find(({ when }) => when(failure, mediaFailures));
  return rule ? rule.action(mediaFailures) : { kind: 'ignore' };
}
