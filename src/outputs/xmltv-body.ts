import type { Guide } from '../catalogue/guide/guide.ts';
import type { Programme } from '../domain/channel.ts';
import type { ScreenId } from '../domain/ids.ts';
import type { Span } from '../domain/span.ts';
import type { Turns } from '../lib/turns.ts';
import { picturePath } from './client-logo.ts';
import type { LineUpEntry } from './line-up.ts';
import { withoutGaps } from './programme-blocks.ts';
import { channelXml, escapeXml, programmeXml, XMLTV_END, XMLTV_START } from './xmltv-text.ts';

export interface XmltvBodyOptions {
  readonly entries: readonly LineUpEntry[];
  readonly spanOf: (entry: LineUpEntry) => Span;
  /** The beginning of the addresses of logos and pictures. */
  readonly base: string;
  readonly guide: Pick<Guide, 'atHand'>;
  /** What screens show. */
  readonly screens: ReadonlyMap<ScreenId, readonly Programme[]>;
  /** The title of a screen's times about which nothing is known. */
  readonly live: string;
  readonly turns: Turns;
}

/** Bytes of a piece, which takes about a millisecond to write. */
const PIECE = 64 * 1024;
/** Milliseconds after which a shorter piece has to do. */
const LONGEST = 4;
/** Bytes that a UTF-16 unit has in UTF-8, at most. */
const WIDEST = 3;

/**
 * Writes the guide as XMLTV, in pieces, each in a turn of the event loop of its own. All pieces are in the same memory, since
 * the guide is several hundred megabytes long.
 * @param take resolves once the bytes are of no use any more.
 */
export async function writeXmltv(
  options: XmltvBodyOptions,
  take: (piece: Buffer) => Promise<void>,
): Promise<void> {
  const { turns } = options;
  const memory = Buffer.allocUnsafeSlow(PIECE);
  await turns.next();
  let began = performance.now();
  let size = 0;
  const flush = async (): Promise<void> => {
    await take(memory.subarray(0, size));
    await turns.next();
    size = 0;
    began = performance.now();
  };
  for (const part of parts(options)) {
    const most = part.length * WIDEST;
    if (size + most > PIECE || performance.now() - began >= LONGEST) await flush();
    if (most > PIECE) await take(Buffer.from(part));
    else size += memory.write(part, size);
  }
  await flush();
}

/** All channels, then all programmes, by channel and start. */
function* parts(options: XmltvBodyOptions): Generator<string> {
  const { entries, base } = options;
  yield XMLTV_START;
  for (const { id, shownNumber: number, name, logo } of entries) {
    yield channelXml({ id, number, name, icon: `${base}${logo}` });
  }
  for (const entry of entries) {
    const id = escapeXml(entry.id);
    const { number, target } = entry;
    for (const programme of programmesOf(entry, options)) {
      const hasIcon = programme.icon !== undefined && target.kind === 'channel';
      yield programmeXml(id, programme, hasIcon ? `${base}${picturePath(number, programme.start)}` : null);
    }
  }
  yield XMLTV_END;
}

function programmesOf(
  entry: LineUpEntry,
  { guide, spanOf, screens, live }: XmltvBodyOptions,
): Iterable<Programme> {
  const { target, name } = entry;
  const span = spanOf(entry);
  switch (target.kind) {
    case 'screen':
      return withoutGaps(screens.get(target.screen) ?? [], span, live);
    case 'channel':
      return withoutGaps(guide.atHand(target.channelId, span.from, span.to), span, name);
  }
}
