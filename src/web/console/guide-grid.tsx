import { useRef } from 'preact/hooks';
import { ChannelLogo } from '../common/channel-logo.tsx';
import { minute } from '../common/clock.ts';
import type { ChannelGroup, Programme, Span } from '../common/contract.ts';
import { status } from '../common/events.ts';
import { clockTime, timeRange } from '../common/format.ts';
import { FromStartIcon } from '../common/icons.tsx';
import { locale, texts } from '../common/language.ts';
import { isKept } from '../common/past.ts';
import { broadcast, pendingChannel } from './broadcast.ts';
import { catalogue } from './catalogue.ts';
import { NoGuide } from './guide-match.tsx';
import { shownGuide, span as shownSpan } from './guide-moment.ts';
import { rem } from './rem.ts';
import { useRowsInSight } from './rows-in-sight.ts';
import { halfHours, placeOf } from './timeline.ts';

/** As in guide.css. */
const ROW = 3.5;
/** The share of the grid below which a cell has no room for a button. */
const NARROW = 0.04;

/** The guide as a grid of channels and times, from now or from a chosen evening on. */
export function GuideGrid() {
  const body = useRef<HTMLDivElement>(null);
  const count = catalogue.total.value;
  const rows = useRowsInSight(body, ROW, count, shownGuide.value);
  const span = shownSpan.value;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
    <section class="guide" aria-label={texts.value.views.guide} tabIndex={0}>
      <div class="guide-inside">
        <Hours span={span} />
        <div class="guide-rows" ref={body} style={{ height: rem(count * ROW) }}>
          <NowMark span={span} />
          {rows.map(
            ({ index, group }) =>
              group && <Row key={group.id} group={group} top={rem(index * ROW)} span={span} />,
          )}
        </div>
      </div>
    </section>
  );
}

function Hours({ span }: { readonly span: Span }) {
  const times = halfHours(span);
  return (
    <div class="guide-hours" aria-hidden="true">
      {times.map((time, index) => (
        <time key={time} style={{ left: percent(index / times.length) }}>
          {clockTime(new Date(time).toISOString(), locale.value)}
        </time>
      ))}
    </div>
  );
}

function NowMark({ span: { from, to } }: { readonly span: Span }) {
  const left = (minute.value - from) / (to - from);
  if (left < 0 || left > 1) return null;
  return (
    <div class="guide-lane" aria-hidden="true">
      <div class="guide-now" style={{ left: percent(left) }} />
    </div>
  );
}

interface RowProps {
  readonly group: ChannelGroup;
  readonly top: string;
  readonly span: Span;
}

function Row({ group, top, span }: RowProps) {
  const onAir = group.variants.some(({ id }) => id === status.value?.channel_id);
  const pending = group.variants.some(({ id }) => id === pendingChannel.value);
  const programmes = shownGuide.value.programmes.value.get(group.guide_id) ?? [];
  return (
    <div class={`guide-row ${onAir ? 'guide-row-on-air' : ''}`} style={{ top }}>
      <button
        type="button"
        class="guide-channel"
        title={texts.value.broadcastChannel(group.name)}
        aria-busy={pending}
        onClick={() => void broadcast(group)}
      >
        <ChannelLogo name={group.name} logo={group.logo} />
        <span>{group.name}</span>
        <span class="hidden-text">{texts.value.broadcast}</span>
        {pending && <span class="spinner" aria-hidden="true" />}
      </button>
      <div class="guide-lane">
        {programmes.length === 0 && <NoGuide group={group} />}
        {programmes.map((programme) => (
          <Cell key={programme.start} group={group} programme={programme} span={span} />
        ))}
      </div>
    </div>
  );
}

interface CellProps {
  readonly group: ChannelGroup;
  readonly programme: Programme;
  readonly span: Span;
}

/**
 * One programme: a click puts the channel on air if it runs, and shows it from the start if it is over. A running one has a button
 * of its own for that.
 */
function Cell({ group, programme, span }: CellProps) {
  const place = placeOf(programme, span);
  if (!place) return null;
  const { title, description, start, stop } = programme;
  const times = timeRange(start, stop, locale.value);
  const style = { left: percent(place.left), width: percent(place.width) };
  const hint = [times, title, description].filter((text) => text !== '').join('\n');
  const content = (
    <>
      <strong>{title}</strong>
      <small>{times}</small>
    </>
  );
  const isOver = Date.parse(stop) <= minute.value;
  const isAgain = isKept(group.archive_days, start, minute.value);
  const hasButton = isAgain && !isOver && place.width > NARROW;
  if (isOver ? !isAgain : Date.parse(start) > minute.value) {
    return (
      <div class="guide-cell" style={style} title={hint}>
        {content}
      </div>
    );
  }
  const again = texts.value.fromTheStart(title);
  return (
    <>
      <button
        type="button"
        class={`guide-cell ${isOver ? 'guide-cell-past' : 'guide-cell-now'} ${hasButton ? 'guide-cell-again' : ''}`}
        data-arrow-start={isOver ? undefined : ''}
        style={style}
        title={isOver ? `${again}\n${hint}` : hint}
        onClick={() => void broadcast(group, { from: isOver ? start : undefined })}
      >
        {content}
        <span class="hidden-text">{isOver ? again : texts.value.broadcastChannel(group.name)}</span>
      </button>
      {hasButton && (
        <button
          type="button"
          class="guide-again"
          style={{ left: percent(place.left) }}
          aria-label={again}
          title={again}
          onClick={() => void broadcast(group, { from: start })}
        >
          <FromStartIcon size={16} />
        </button>
      )}
    </>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
