import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { LogLine } from '../common/contract/server.ts';
import { logNews } from '../common/events.ts';
import { toastError } from '../common/failure.ts';
import { exactTime } from '../common/format.ts';
import { locale, texts } from '../common/language.ts';
import { LogFeed } from './log-feed.ts';

/** Pixels from the end within which the log still counts as scrolled to the end. */
const NEAR = 24;

/** The end of the log, which follows new lines; it stops while the reader has scrolled up. */
export function LogTail() {
  const t = texts.value;
  const warningsOnly = useSignal(false);
  const isReading = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const least = warningsOnly.value ? 'warn' : 'trace';
  const feed = useMemo(() => new LogFeed(least), [least]);
  const lines = feed.lines.value;
  const toEnd = (): void => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useEffect(() => {
    if (!isReading.value) feed.catchUp().catch(toastError);
  }, [feed, isReading.value, logNews.value, isReading]);
  useLayoutEffect(() => {
    if (!isReading.peek()) toEnd();
  }, [lines, isReading]);
  return (
    <section class="server-card log-card" aria-label={t.log}>
      <header>
        <h2>{t.log}</h2>
        <label>
          <input
            type="checkbox"
            checked={warningsOnly.value}
            onChange={({ currentTarget }) => {
              isReading.value = false;
              warningsOnly.value = currentTarget.checked;
            }}
          />
          {t.warningsOnly}
        </label>
      </header>
      <div
        class="log"
        ref={box}
        role="log"
        // screen readers read it on demand, not with each new line
        aria-live="off"
        aria-label={t.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isReading.value = scrollHeight - scrollTop - clientHeight > NEAR;
        }}
      >
        {lines?.length === 0 && <p>{t.logEmpty}</p>}
        {lines?.map((line) => (
          <Line key={line.id} line={line} />
        ))}
      </div>
      {isReading.value && (
        <button type="button" class="button button-main log-follow" onClick={toEnd}>
          {t.logFollow}
        </button>
      )}
    </section>
  );
}

function Line({ line: { at, level, text } }: { readonly line: LogLine }) {
  return (
    <p class={`log-line log-${level}`}>
      <time datetime={at}>{exactTime(at, locale.value)}</time>
      <span>{level}</span>
      <span>{text}</span>
    </p>
  );
}
