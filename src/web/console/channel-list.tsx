import { useEffect, useRef } from 'preact/hooks';
import { guide } from '../common/guide.ts';
import { texts } from '../common/language.ts';
import { catalogue } from './catalogue.ts';
import { chosenName } from './category-list.tsx';
import { ChannelRow, RowSkeleton } from './channel-row.tsx';
import { ChosenList } from './chosen-list.tsx';
import { GoneFavourites } from './gone-favourites.tsx';
import { NoChannels } from './no-channels.tsx';
import { rem } from './rem.ts';
import { useRowsInSight } from './rows-in-sight.ts';

/** As in channels.css. */
const ROW = 4;

/** The channels of the current query. Only rows near the view are drawn, so the list may have any length. */
export function ChannelList() {
  const state = catalogue.state.value;
  const total = catalogue.total.value;
  const answered = catalogue.answered.value;
  const top = useRef<HTMLDivElement>(null);
  // a new search starts at the top, however far the last one was scrolled
  useEffect(() => {
    if (top.current && top.current.getBoundingClientRect().top < 0) top.current.scrollIntoView();
  }, [answered]);
  return (
    <>
      <div class="channel-top" ref={top} />
      <Count />
      <ChosenList />
      {state === 'loading' && answered === 0 ? (
        <ul class="channel-list" aria-busy="true">
          {Array.from({ length: 8 }, (_, index) => (
            <RowSkeleton key={index} top={null} />
          ))}
        </ul>
      ) : (
        <Rows count={total} />
      )}
      <InsteadOfRows />
      {catalogue.shelf.value === 'favourites' && <GoneFavourites />}
    </>
  );
}

function Count() {
  const t = texts.value;
  const chosen = chosenName();
  return (
    <p class="channel-count" role="status">
      {chosen !== null && <strong>{chosen}</strong>}{' '}
      {catalogue.answered.value > 0 && t.channelCount(catalogue.total.value)}
    </p>
  );
}

function Rows({ count }: { readonly count: number }) {
  const list = useRef<HTMLUListElement>(null);
  const rows = useRowsInSight(list, ROW, count, guide);
  if (count === 0) return null;
  return (
    <ul
      class="channel-list"
      ref={list}
      style={{ height: rem(count * ROW) }}
      aria-busy={catalogue.state.value === 'loading'}
    >
      {rows.map(({ index, group }) =>
        group ? (
          <ChannelRow key={group.id} group={group} index={index} count={count} top={rem(index * ROW)} />
        ) : (
          <RowSkeleton key={`place ${index}`} top={rem(index * ROW)} />
        ),
      )}
    </ul>
  );
}

/** A failure or a hint in place of rows; nothing while there are rows. */
export function InsteadOfRows() {
  const t = texts.value;
  const state = catalogue.state.value;
  if (state === 'failed') {
    return (
      <div class="channel-none" role="alert">
        <p>{t.channelsFailed}</p>
        <button type="button" class="button button-plain" onClick={() => catalogue.retry()}>
          {t.retry}
        </button>
      </div>
    );
  }
  if (state !== 'ready' || catalogue.total.value > 0) return null;
  if (catalogue.shelf.value === null) return <NoChannels />;
  const [what, hint] = {
    favourites: [t.noFavourites, t.noFavouritesHint],
    recents: [t.nothingYet, ''],
  }[catalogue.shelf.value];
  return (
    <div class="channel-none">
      <h2>{what}</h2>
      <p>{hint}</p>
    </div>
  );
}
