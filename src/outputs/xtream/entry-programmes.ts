import type { Guide } from '../../catalogue/guide/guide.ts';
import type { Language } from '../../domain/actor.ts';
import type { Clock } from '../../lib/clock.ts';
import { guideTitlesIn } from '../../words/guide-titles.ts';
import { type ShownChannels, screenProgrammes } from '../screen-programmes.ts';
import type { XtreamServerOptions } from './options.ts';

export interface EntryProgrammesOptions {
  readonly guide: Pick<Guide, 'between' | 'atHand' | 'isAtHand' | 'upcoming'>;
  readonly history: ShownChannels;
  /** May change. */
  readonly language: Language;
  readonly clock: Pick<Clock, 'now'>;
}

/** Milliseconds to wait for the provider, where a channel's guide is not at hand. */
const PATIENCE = 3_000;

/** The programmes of a channel, or what a screen has shown and shows. */
export function entryProgrammes(options: EntryProgrammesOptions): XtreamServerOptions['programmes'] {
  const { guide, history, clock } = options;
  return async ({ target }, from, to) => {
    if (target.kind === 'channel') return guide.between(target.channelId, from, to, PATIENCE);
    const titles = guideTitlesIn(options.language);
    return screenProgrammes(target.screen, { from, now: clock.now() }, { history, guide, titles });
  };
}
