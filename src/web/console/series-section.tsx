import { useEffect } from 'preact/hooks';
import { recordingsChange } from '../common/events.ts';
import { texts } from '../common/language.ts';
import { applyChange } from './apply-change.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { recordingTexts } from './recording-texts.ts';
import { loadSeries, type Series, series, seriesApi, wishOf } from './series.ts';
import { editSeries } from './series-dialog.tsx';
import { SeriesPreview } from './series-preview.tsx';

/** Programmes that a row names. */
const MOST = 2;

/** The rules by which series are recorded, for those who may record. */
export function SeriesSection() {
  const t = recordingTexts.value.series;
  const changes = recordingsChange.value;
  // A rule that somebody else adds plans recordings.
  useEffect(() => void loadSeries(), [changes]);
  if (series.value === null) return null;
  return (
    <section class="part" aria-labelledby="series">
      <header class="part-head">
        <h3 id="series">{t.heading}</h3>
        <button
          type="button"
          class="button button-plain"
          aria-haspopup="dialog"
          onClick={() => editSeries('new')}
        >
          {t.add}
        </button>
      </header>
      {series.value.length === 0 ? (
        <p class="channel-none">{t.none}</p>
      ) : (
        <ul class="title-hits">
          {series.value.map((each) => (
            <Row key={each.id} rule={each} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ rule }: { readonly rule: Series }) {
  const t = recordingTexts.value.series;
  const { id, title } = rule;
  return (
    <li class="recording">
      <div class="title-hit">
        <strong>{title}</strong>
        <span>{factsOf(rule).join(' · ')}</span>
        <SeriesPreview wish={wishOf(rule)} most={MOST} />
      </div>
      {rule.may_change && (
        <span class="recording-buttons">
          <button
            type="button"
            class="button button-plain"
            aria-haspopup="dialog"
            aria-label={t.editName(title)}
            onClick={() => editSeries(rule)}
          >
            {recordingTexts.value.edit}
          </button>
          <ConfirmButton
            label={t.end}
            name={t.endName(title)}
            question={t.endSure(title)}
            onConfirm={() => void applyChange(seriesApi.remove(id), t.ended(title), loadSeries)}
          />
        </span>
      )}
    </li>
  );
}

function factsOf({ match, channel_label: channel, new_only: isNewOnly, asked_by: by }: Series): string[] {
  const t = recordingTexts.value.series;
  return [
    t.matches[match],
    channel ?? t.anyChannel,
    ...(isNewOnly ? [t.newOnly] : []),
    by === 'console' ? texts.value.askedHere : texts.value.askedBy(by),
  ];
}
