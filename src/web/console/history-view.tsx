import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { HistoryEntry } from '../common/contract/channels.ts';
import { status } from '../common/events.ts';
import { toastError } from '../common/failure.ts';
import { dateAndTime, duration } from '../common/format.ts';
import { locale, texts } from '../common/language.ts';
import { screenHere } from '../common/screens.ts';
import { broadcast } from './broadcast.ts';

/** The channels that were on air: when, how long, and who asked for them. */
export function HistoryView() {
  const t = texts.value;
  const entries = useSignal<readonly HistoryEntry[] | null>(null);
  const onAir = status.value?.started_at ?? null;
  const screen = screenHere.value;
  // loads again when another channel begins
  useEffect(() => {
    api.history().then((items) => {
      entries.value = items;
    }, toastError);
  }, [screen, onAir, entries]);
  if (entries.value === null) return null;
  if (entries.value.length === 0) return <p class="channel-none">{t.nothingYet}</p>;
  return (
    <section aria-label={t.views.history}>
      <ul class="title-hits">
        {entries.value.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { readonly entry: HistoryEntry }) {
  const t = texts.value;
  const { channel_id: id, channel_name: name, asked_by: by, started_at: start, ended_at: end } = entry;
  const facts = [
    by !== null && (by === 'console' ? t.askedHere : t.askedBy(by)),
    end === null ? t.onAirNow : duration(Date.parse(end) - Date.parse(start), t.units),
  ].filter((fact) => fact !== false);
  return (
    <li>
      <time datetime={start}>{dateAndTime(start, locale.value)}</time>
      <span class="title-hit">
        <strong>{name}</strong>
        <span>{facts.join(' · ')}</span>
      </span>
      {id !== null && end !== null && (
        <button
          type="button"
          class="button button-plain"
          aria-label={t.broadcastChannel(name)}
          onClick={() => void broadcast({ id, name })}
        >
          {t.broadcast}
        </button>
      )}
    </li>
  );
}
