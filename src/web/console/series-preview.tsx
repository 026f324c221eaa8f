import { useEffect, useState } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import { sentenceOf } from '../common/failure.ts';
import { clockTime, dayName } from '../common/format.ts';
import { language, locale } from '../common/language.ts';
import { recordingTexts } from './recording-texts.ts';
import { type SeriesMatch, type SeriesWish, seriesApi } from './series.ts';

interface SeriesPreviewProps {
  readonly wish: SeriesWish;
  /** Milliseconds without a change after which the guide is searched. */
  readonly delay?: number;
  /** Programmes that are named. */
  readonly most: number;
}

/** What a rule takes of what the guide has now: how many, and the soonest of them. */
export function SeriesPreview({ wish, delay = 0, most }: SeriesPreviewProps) {
  const t = recordingTexts.value.series;
  const [found, setFound] = useState<readonly SeriesMatch[] | null>(null);
  const [failure, setFailure] = useState('');
  const asked = JSON.stringify(wish);
  useEffect(() => {
    let isCurrent = true;
    const load = () =>
      seriesApi.preview(wish).then(
        (items) => {
          if (!isCurrent) return;
          setFound(items);
          setFailure('');
        },
        (error) => {
          // The page says so elsewhere that nobody is logged in, or that the server is gone.
          const isOwn = error instanceof ApiError && error.status !== 0 && error.status !== 401;
          if (!isCurrent || !isOwn) return;
          setFound(null);
          setFailure(sentenceOf(error));
        },
      );
    const timer = setTimeout(() => void load(), delay);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // A wish is made anew with each change of the form.
  }, [asked]);
  const shown = found?.slice(0, most) ?? [];
  return (
    <div class="series-preview" role="status">
      {failure}
      {found?.length === 0 && t.nothingNow}
      {found !== null && found.length > 0 && (
        <>
          {t.takes(found.length, found.filter(({ planned }) => planned).length)}
          <ul>
            {shown.map((match) => (
              <li key={`${match.start} ${match.channel_label}`}>{describe(match, wish)}</li>
            ))}
            {found.length > shown.length && <li>{t.more(found.length - shown.length)}</li>}
          </ul>
        </>
      )}
    </div>
  );
}

function describe(
  { title, sub_title: subTitle, channel_label: channel, start }: SeriesMatch,
  { match }: SeriesWish,
): string {
  const when = `${dayName(Date.parse(start), language.value, 'short')} ${clockTime(start, locale.value)}`;
  return [
    when,
    channel,
    ...(match === 'exact' ? [] : [title]),
    ...(subTitle === null ? [] : [subTitle]),
  ].join(' · ');
}
