import { now } from '../common/clock.ts';
import { status } from '../common/events.ts';
import { bitrate } from '../common/format.ts';
import { CloseIcon } from '../common/icons.tsx';
import { language, texts } from '../common/language.ts';
import { toggleStats } from './panels.ts';
import type { Player } from './player.ts';

/** Statistics of the stream: picture, codecs, bit rate, distance from live, buffer, dropped frames, speed. */
export function Stats({ player }: { readonly player: Player }) {
  // redraws once a second; the link's two readings a second would flicker
  void now.value;
  const t = texts.value;
  const { link, codecs, picture } = player;
  const { width, height, dropped, frames, rate } = player.figures();
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  const streamRate = status.value?.bitrate ?? null;
  const rows: readonly (readonly [string, string | null])[] = [
    [t.statsPicture, width === 0 ? null : `${width} × ${height}`],
    [t.quality, picture.value && (picture.value === 'full' ? t.qualityFull : picture.value)],
    [t.statsCodecs, codecs.value],
    [t.statsRate, streamRate === null ? null : bitrate(streamRate, language.value)],
    [t.statsBehind, link.value && seconds(link.value.behind)],
    [t.statsBuffer, link.value && seconds(link.value.ahead)],
    [t.statsDropped, frames === null ? null : `${dropped} / ${frames}`],
    [t.statsSpeed, rate === 1 ? null : `${rate} ×`],
  ];
  return (
    <section class="stats" aria-label={t.stats}>
      <button type="button" class="stats-close" aria-label={t.close} onClick={toggleStats}>
        <CloseIcon size={16} />
      </button>
      <dl>
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}
