import { minute } from '../common/clock.ts';
import type { TitleHit } from '../common/contract/guide.ts';
import { clockTime, dayName } from '../common/format.ts';
import { language, locale, texts } from '../common/language.ts';
import { broadcast } from './broadcast.ts';
import { titles } from './find-titles.ts';
import { RecordButton } from './record-button.tsx';

/** The programmes found, soonest first. */
export function TitleHits() {
  const t = texts.value;
  const hits = titles.hits.value;
  return (
    <>
      <p class="channel-count" role="status">
        {hits && t.titleCount(hits.length)}
      </p>
      <ul class="title-hits title-found">
        {hits?.map((hit) => (
          <Hit key={`${hit.channel.id} ${hit.programme.start}`} {...hit} />
        ))}
      </ul>
    </>
  );
}

function Hit({ channel, programme }: TitleHit) {
  const t = texts.value;
  const { title, start } = programme;
  const isOn = Date.parse(start) <= minute.value;
  return (
    <li>
      <time datetime={start}>
        {!isOn && !isToday(start) && (
          <span class="title-hit-day">{dayName(Date.parse(start), language.value, 'short')}</span>
        )}
        {clockTime(start, locale.value)}
      </time>
      <span class="title-hit">
        <strong>{title}</strong>
        <span>{channel.name}</span>
      </span>
      <RecordButton group={channel} programme={programme} />
      {isOn && (
        <button
          type="button"
          class="button button-plain"
          aria-label={t.broadcastProgramme(channel.name, title)}
          onClick={() => void broadcast(channel)}
        >
          {t.broadcast}
        </button>
      )}
    </li>
  );
}

function isToday(time: string): boolean {
  return new Date(time).toDateString() === new Date(minute.value).toDateString();
}
