import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import { withGuide } from '../catalogue/guide/with-guide.ts';
import type { Channel, Programme } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import { keeps, type PastProgramme } from '../domain/past-programme.ts';
import type { Clock } from '../lib/clock.ts';

/** Where programmes of the past are found, and the variants that have them. */
export interface ArchiveContext {
  readonly catalogue: Pick<Catalogue, 'groupOf'>;
  readonly guide: Pick<Guide, 'between'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** A programme of the past, and the variant of its channel that has it. */
export interface KeptProgramme {
  readonly channel: Channel;
  readonly past: PastProgramme;
}

/** Milliseconds to wait for the provider's guide. */
const PATIENCE = 4_000;

/** The variant that has a time of its past, the channel itself first; null where none has. */
export function keeperOf(
  { catalogue }: Pick<ArchiveContext, 'catalogue'>,
  channel: Channel,
  at: number,
  now: number,
): Channel | null {
  const variants = catalogue.groupOf(channel.id)?.variants ?? [];
  return [channel, ...variants].find((each) => keeps(each, at, now)) ?? null;
}

/**
 * The programme that a channel showed at a time, from its start; without a guide, all from that time to now.
 * @param from epoch milliseconds. @throws AppError archive_missing; programme_unknown where only the guide could tell.
 */
export async function findKeptProgramme(
  context: ArchiveContext,
  channel: Channel,
  from: number,
): Promise<KeptProgramme> {
  const now = context.clock.now();
  const [programme] = await context.guide.between(withGuide(context, channel), from, from + 1, PATIENCE);
  const start = programme?.start ?? from;
  const keeper = keeperOf(context, channel, start, now);
  if (!keeper) throw new AppError('archive_missing');
  return { channel: keeper, past: programme ? toPast(programme) : untilNow(from, now) };
}

function toPast({ start, stop, title }: Programme): PastProgramme {
  return { from: start, to: stop, start, title };
}

/** A request made just now meant the running programme. */
const JUST_NOW = 60_000;

function untilNow(from: number, now: number): PastProgramme {
  if (now - from < JUST_NOW) throw new AppError('programme_unknown');
  return { from, to: now, start: from, title: null };
}
