import { now } from '../common/clock.ts';
import type { Status } from '../common/contract/screens.ts';
import { bitrate, clockTime, duration } from '../common/format.ts';
import { EyeIcon } from '../common/icons.tsx';
import { language, locale, texts } from '../common/language.ts';
import { ViewerPlot } from './viewer-plot.tsx';

/** Facts about the broadcast: viewers, duration, who asked for it, bit rate. */
export function OnAirFacts({ status: current }: { readonly status: Status }) {
  const t = texts.value;
  const { operators } = current;
  const on = current.channel_id !== null;
  const facts = [
    on &&
      current.started_at !== null &&
      t.since(duration(now.value - Date.parse(current.started_at), t.units)),
    on &&
      current.asked_by !== null &&
      (current.asked_by === 'console' ? t.askedHere : t.askedBy(current.asked_by)),
    current.bitrate !== null && bitrate(current.bitrate, language.value),
    operators && slotsUsed(operators),
    current.restarts > 0 && restartsAndWhy(current),
  ].filter((fact) => fact !== false && fact !== null);
  return (
    <ul class="facts">
      <li class="facts-viewers">
        <EyeIcon size={17} />
        {t.viewers(current.viewers)}
        {operators && <ViewerPlot counts={operators.viewer_history} />}
      </li>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function slotsUsed({ slots, accounts }: NonNullable<Status['operators']>): string {
  const t = texts.value;
  const { capacity, used_for: channels } = slots;
  const isLearned = accounts.some((account) => account.capacity_from === 'learned');
  const count = t.connections(channels.length, capacity);
  const used = isLearned ? `${count} ${t.learned}` : count;
  return channels.length === 0 ? used : `${used} (${channels.join(', ')})`;
}

function restartsAndWhy({ restarts, operators }: Status): string {
  const t = texts.value;
  const failure = operators?.last_failure;
  if (!failure) return t.restarts(restarts);
  return `${t.restarts(restarts)} · ${clockTime(failure.at, locale.value)} ${failure.message}`;
}
