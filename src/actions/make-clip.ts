import type { Catalogue } from '../catalogue/catalogue.ts';
import { labelOf } from '../catalogue/channel-title.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { Language } from '../domain/actor.ts';
import { inLanguage } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Span } from '../domain/span.ts';
import type { Clip, Clips } from '../recordings/clips/clips.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { type Requester, requireRole } from './rights.ts';

export interface MakeClipContext {
  readonly clips: Pick<Clips, 'make'>;
  readonly catalogue: Pick<Catalogue, 'groupOf'>;
  readonly guide: Pick<Guide, 'get'>;
}

/** What somebody wants to keep: from one time to another in epoch milliseconds, or the last so many seconds. */
export type ClipSpan = Span | { readonly seconds: number };

/** Cuts a clip of what a screen has shown. @throws AppError not_allowed, and as `Clips.make` */
export async function makeClip(
  context: MakeClipContext,
  by: Requester,
  screen: Screen,
  wish: ClipSpan,
  language: Language,
): Promise<Clip> {
  requireRole(by, 'clip');
  const span = 'from' in wish ? wish : lastOf(screen, wish.seconds);
  return context.clips.make({
    ...span,
    past: screen.past,
    title: titleOf(context, screen, span, language),
    madeBy: by.name,
  });
}

/** The last seconds that players have been given. @throws AppError past_missing */
function lastOf({ past }: Screen, seconds: number): Span {
  past.watch();
  const to = past.edge;
  if (to === null) throw new AppError('past_missing');
  return { from: to - seconds * 1000, to };
}

/** What was on, where that is still on; else the screen's name. */
function titleOf(context: MakeClipContext, screen: Screen, { from }: Span, language: Language): string {
  const { channel, past, startedAt } = screen.broadcast.status;
  if (!channel || startedAt === null || startedAt > from) return screen.facts.name;
  const { now } = context.guide.get(channel.id);
  const title = past ? past.title : now && now.start <= from ? inLanguage(now, language).title : null;
  return [labelOf(context, channel), title].filter(Boolean).join(' · ');
}
