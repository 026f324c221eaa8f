import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { clockTime, exactTime } from '../common/format.ts';
import { locale } from '../common/language.ts';
import { nameOf, programmeAt, stretches } from './kept-past.ts';
import { pastTexts } from './past-texts.ts';
import type { Player } from './player.ts';
import { canRewind, edge, kept, seek } from './rewind.ts';
import { ThumbnailLoader } from './thumbnail-loader.ts';

/** Seconds of a press of an arrow. */
const STEP = 10;
/** Milliseconds after the last press at which the picture follows: a held key is one move. */
const KEYS_SETTLE_MS = 350;
/** Milliseconds from the edge that people read as live. */
const AT_LIVE = 10_000;

/** The past of the screen up to live, with what was on, to go to any moment of it. Nothing where nothing is kept. */
export function Timeline({ player }: { readonly player: Player }) {
  const track = useRef<HTMLDivElement>(null);
  /** Where a finger or a key is taking the playhead; null while it follows the picture. */
  const taken = useSignal<number | null>(null);
  /** What the pointer is over. */
  const hovered = useSignal<number | null>(null);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  const thumbnails = useRef<ThumbnailLoader | null>(null);
  thumbnails.current ??= new ThumbnailLoader();
  const looked = useComputed(() => taken.value ?? hovered.value);
  useEffect(() => looked.subscribe((moment) => thumbnails.current?.want(moment)), [looked]);

  const past = kept.value;
  if (!canRewind.value || past === null || past.from === null) return null;
  const { from } = past;
  const t = pastTexts.value;
  const moment = taken.value ?? (player.inPast.value ? player.moment.value : null) ?? edge.value;
  const placeOf = (time: number) => Math.min(1, Math.max(0, (time - from) / (edge.value - from)));
  const named = (time: number) => {
    const shown = programmeAt(past, time);
    return shown ? nameOf(shown) : '';
  };

  const momentOf = (event: PointerEvent) => {
    const { left, width } = (track.current as HTMLElement).getBoundingClientRect();
    const place = Math.min(1, Math.max(0, (event.clientX - left) / width));
    return from + place * (edge.peek() - from);
  };
  const settle = () => {
    clearTimeout(settling.current);
    if (taken.peek() !== null) seek(player, taken.peek() as number);
    taken.value = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = keyTarget(event.key, moment, from, edge.peek());
    if (to === null) return;
    event.preventDefault();
    // the page has other uses for these keys
    event.stopPropagation();
    taken.value = to;
    clearTimeout(settling.current);
    settling.current = setTimeout(settle, KEYS_SETTLE_MS);
  };

  return (
    <div class="timeline">
      <div class="timeline-names" aria-hidden="true">
        {stretches(past, edge.value).map(({ from: start, to, programme }) =>
          programme === null ? null : (
            <span key={programme.start} style={{ left: percent(start), width: percent(to - start) }}>
              <em>{programme.title ?? programme.channelLabel}</em>
            </span>
          ),
        )}
      </div>
      <div
        ref={track}
        class={`timeline-track ${taken.value === null ? '' : 'timeline-taken'}`}
        role="slider"
        tabIndex={0}
        aria-label={t.timeline}
        aria-valuemin={seconds(from)}
        aria-valuemax={seconds(edge.value)}
        aria-valuenow={seconds(moment)}
        aria-valuetext={t.atMoment(timeText(moment), named(moment))}
        onKeyDown={onKeyDown}
        onBlur={settle}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          track.current?.setPointerCapture(event.pointerId);
          taken.value = momentOf(event);
        }}
        onPointerMove={(event) => {
          if (track.current?.hasPointerCapture(event.pointerId)) taken.value = momentOf(event);
          else if (event.pointerType === 'mouse') hovered.value = momentOf(event);
        }}
        onPointerUp={(event) => {
          if (!track.current?.hasPointerCapture(event.pointerId)) return;
          taken.value = momentOf(event);
          settle();
        }}
        onPointerCancel={() => {
          taken.value = null;
        }}
        onPointerLeave={() => {
          hovered.value = null;
        }}
      >
        <span class="timeline-line">
          {stretches(past, edge.value).map(({ from: start, to, programme }) => (
            <i
              key={start}
              class={programme === null ? 'timeline-nothing' : ''}
              style={{ left: percent(start), width: percent(to - start) }}
            />
          ))}
          <b style={{ width: percent(placeOf(moment)) }} />
        </span>
        <span class="timeline-head" style={{ left: percent(placeOf(moment)) }} />
      </div>
      {looked.value !== null && (
        <Preview
          at={placeOf(looked.value)}
          time={timeText(looked.value)}
          name={named(looked.value)}
          picture={thumbnails.current.shown.value}
        />
      )}
    </div>
  );
}

interface PreviewProps {
  /** Its place on the timeline, 0 to 1. */
  readonly at: number;
  readonly time: string;
  readonly name: string;
  /** The address of the picture; null while there is none. */
  readonly picture: string | null;
}

function Preview({ at, time, name, picture }: PreviewProps) {
  return (
    <div class="timeline-preview" style={{ '--at': percent(at) }} aria-hidden="true">
      {picture !== null && <img src={picture} alt="" />}
      <strong>{time}</strong>
      {name !== '' && <span>{name}</span>}
    </div>
  );
}

/** Where a key takes the playhead, in epoch milliseconds; null for keys of the page. */
function keyTarget(key: string, moment: number, from: number, to: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: moment - STEP * 1000,
    ArrowRight: moment + STEP * 1000,
    Home: from,
    End: to,
  };
  const wanted = steps[key];
  return wanted === undefined ? null : Math.min(to, Math.max(from, wanted));
}

/** To the second where the whole past is short. */
function timeText(moment: number): string {
  const past = kept.peek();
  if (edge.peek() - moment < AT_LIVE) return pastTexts.peek().atLive;
  const isShort = past?.from != null && edge.peek() - past.from < 2 * 3_600_000;
  const iso = new Date(moment).toISOString();
  return isShort ? exactTime(iso, locale.peek()) : clockTime(iso, locale.peek());
}

/** To the tenth. */
function seconds(moment: number): number {
  return Math.round(moment / 100) / 10;
}

function percent(part: number): string {
  return `${Math.round(part * 10_000) / 100}%`;
}
