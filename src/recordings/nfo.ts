import { escapeUTF8 } from 'entities';
import type { Recording } from '../domain/recording.ts';

/** What XML 1.0 cannot hold. */
const UNKNOWN_TO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** What media servers read beside the file: title, plot and day of an episode. */
export function recordingNfo({
  title,
  channelName,
  start,
  programme,
}: Pick<Recording, 'title' | 'channelName' | 'start' | 'programme'>): string {
  const at = new Date(start);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  const tags = {
    title: programme?.subTitle ?? title,
    showtitle: title,
    plot: programme?.description,
    season: programme?.season,
    episode: programme?.episode,
    aired: day,
    studio: channelName,
  };
  const lines = Object.entries(tags).flatMap(([tag, value]) =>
    value === undefined || value === ''
      ? []
      : [`  <${tag}>${escapeUTF8(String(value).replaceAll(UNKNOWN_TO_XML, ''))}</${tag}>`],
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<episodedetails>',
    ...lines,
    '</episodedetails>',
    '',
  ].join('\n');
}
