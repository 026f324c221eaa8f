import { useRef } from 'preact/hooks';
import { ChannelLogo } from '../common/channel-logo.tsx';
import { minute } from '../common/clock.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import type { Span } from '../common/contract/guide.ts';
import { status } from '../common/events.ts';
import { clockTime } from '../common/format.ts';
import { locale, texts } from '../common/language.ts';
import { broadcast, pendingChannel } from './broadcast.ts';
import { catalogue } from './catalogue.ts';
import { GuideCell } from './guide-cell.tsx';
import { NoGuide } from './guide-match.tsx';
import { shownGuide, span as shownSpan } from './guide-moment.ts';
import { rem } from './rem.ts';
import { useRowsInSight } from './rows-in-sight.ts';
import { halfHours, percent } from './timeline.ts';

/** As in guide.css. */
const ROW = 3.5;

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
          <GuideCell key={programme.start} group={group} programme={programme} span={span} />
        ))}
      </div>
    </div>
  );
}
