import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../common/language.ts';
import { catalogue } from './catalogue.ts';
import { ChannelRow } from './channel-row.tsx';

/** The channels that match, page after page as one scrolls. */
export function ChannelList() {
  const t = texts.value;
  const state = catalogue.state.value;
  const channels = catalogue.channels.value;
  const chosen = catalogue.categories.value.find(({ id }) => id === catalogue.category.value);
  const empty = channels.length === 0;
  const top = useRef<HTMLDivElement>(null);
  const wish = `${catalogue.category.value}/${catalogue.search.value}`;
  // another search begins at its beginning, however far the last one was scrolled
  useEffect(() => {
    if (top.current && top.current.getBoundingClientRect().top < 0) top.current.scrollIntoView();
  }, [wish]);
  return (
    <>
      <div class="channel-top" ref={top} />
      <p class="channel-count" role="status">
        {chosen && <strong>{chosen.name}</strong>}{' '}
        {(state === 'ready' || !empty) && t.channelCount(catalogue.total.value)}
      </p>
      <ul class="channel-list" aria-busy={state === 'loading'}>
        {empty && state === 'loading' ? (
          <Skeleton />
        ) : (
          channels.map((channel) => <ChannelRow key={channel.id} channel={channel} />)
        )}
      </ul>
      {state === 'ready' && empty && (
        <div class="channel-none">
          <h2>{t.noChannels}</h2>
          <p>{t.noChannelsHint}</p>
        </div>
      )}
      {state === 'failed' && (
        <div class="channel-none" role="alert">
          <p>{t.channelsFailed}</p>
          <button type="button" class="button button-plain" onClick={() => catalogue.retry()}>
            {t.retry}
          </button>
        </div>
      )}
      {state === 'more' && (
        <p class="channel-more">
          <span class="spinner" aria-hidden="true" />
          {t.loadingMore}
        </p>
      )}
      <End />
    </>
  );
}

/** Asks for the next page some way before the end of this one comes into view. */
function End() {
  const end = useRef<HTMLDivElement>(null);
  const loaded = catalogue.channels.value.length;
  useEffect(() => {
    if (!end.current) return undefined;
    // Made anew after every page: an observer only reports changes, and the end may still be in view.
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) catalogue.loadMore();
      },
      { rootMargin: '800px 0px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [loaded]);
  return <div ref={end} aria-hidden="true" />;
}

function Skeleton() {
  return Array.from({ length: 8 }, (_, index) => (
    <li key={index} class="channel channel-skeleton" aria-hidden="true">
      <span class="logo" />
      <span class="channel-line" />
    </li>
  ));
}
