import { effect, signal } from '@preact/signals';
import { recall, remember } from '../common/browser-memory.ts';

/** Which picture a viewer wants: what the line carries, the full one, or the lower rendition. */
export type Quality = 'auto' | 'full' | '540p';

export const qualities: readonly Quality[] = ['auto', 'full', '540p'];

const KEY = 'zapette.quality';

const stored = recall(KEY);
/** The viewer's choice, which this browser remembers. */
export const quality = signal<Quality>(qualities.find((each) => each === stored) ?? 'auto');

effect(() => remember(KEY, quality.value));
