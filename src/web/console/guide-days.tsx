import { useLayoutEffect, useRef } from 'preact/hooks';
import { minute } from '../common/clock.ts';
import { clockTime, dayName } from '../common/format.ts';
import { EarlierIcon, LaterIcon } from '../common/icons.tsx';
import { language, locale, texts } from '../common/language.ts';
import { evening, gridStart, isFirst, isLast, pastEvening, STEP_HOURS, span, step } from './guide-moment.ts';

const DAY = 24 * 3_600_000;

/** The buttons that move the guide to an evening or by some hours. */
export function GuideDays() {
  const t = texts.value;
  const evenings = useRef<HTMLFieldSetElement>(null);
  const days = pastEvening.value.length;
  // The past is to the left of what is in sight at first.
  useLayoutEffect(() => {
    const [first, now] = [evenings.current?.children[0], evenings.current?.children[days]];
    if (first instanceof HTMLElement && now instanceof HTMLElement)
      evenings.current?.scrollTo({ left: now.offsetLeft - first.offsetLeft });
  }, [days]);
  return (
    <div class="guide-days">
      <div class="guide-jumps">
        <Step direction={-1} />
        <fieldset class="guide-evenings" aria-label={t.days} ref={evenings}>
          {pastEvening.value.map((time) => (
            <Jump key={time} to={time} label={labelOf(time)} />
          ))}
          <Jump to={null} label={t.now} />
          {evening.value.map((time) => (
            <Jump key={time} to={time} label={labelOf(time)} />
          ))}
        </fieldset>
        <Step direction={1} />
      </div>
      <p role="status">{gridStart.value === null ? '' : beginning()}</p>
    </div>
  );
}

function Jump({ to, label }: { readonly to: number | null; readonly label: string }) {
  return (
    <button
      type="button"
      class="guide-jump"
      aria-pressed={gridStart.value === to}
      onClick={() => {
        gridStart.value = to;
      }}
    >
      {label}
    </button>
  );
}

function Step({ direction }: { readonly direction: -1 | 1 }) {
  const t = texts.value;
  const isEnd = direction === -1 ? isFirst.value : isLast.value;
  return (
    <button
      type="button"
      class="guide-step"
      aria-label={direction === -1 ? t.earlier(STEP_HOURS) : t.later(STEP_HOURS)}
      // not `disabled`: the button keeps the focus and its place in the tab order
      aria-disabled={isEnd}
      onClick={() => {
        if (!isEnd) step(direction);
      }}
    >
      {direction === -1 ? <EarlierIcon /> : <LaterIcon />}
    </button>
  );
}

function labelOf(time: number): string {
  const today = new Date(minute.value).setHours(0, 0, 0, 0);
  const day = Math.round((new Date(time).setHours(0, 0, 0, 0) - today) / DAY);
  const { tonight, tomorrow, yesterday } = texts.value;
  if (day === -1) return yesterday;
  return day === 0 ? tonight : day === 1 ? tomorrow : dayName(time, language.value, 'short');
}

function beginning(): string {
  const { from } = span.value;
  const time = clockTime(new Date(from).toISOString(), locale.value);
  return `${dayName(from, language.value, 'long')}, ${time}`;
}
