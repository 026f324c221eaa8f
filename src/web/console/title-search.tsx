import { signal } from '@preact/signals';
import { minute } from '../common/clock.ts';
import type { ChannelGroup, Programme } from '../common/contract.ts';
import { clockTime } from '../common/format.ts';
import { SearchIcon } from '../common/icons.tsx';
import { language, texts } from '../common/language.ts';
import { broadcast } from './broadcast.ts';
import { catalogue } from './catalogue.ts';
import { findTitles } from './find-titles.ts';
import { guide } from './guide.ts';

/** What is looked for in titles; empty: nothing, and the grid is shown. */
export const titleSearch = signal('');

const MOST = 60;

/** Looks for a word in the titles of the channels at the beginning of the list and of those seen so far. */
export function TitleSearch() {
  const t = texts.value;
  return (
    <search class="search guide-search">
      <SearchIcon />
      <input
        type="text"
        inputmode="search"
        enterkeyhint="search"
        autocomplete="off"
        aria-label={t.searchTitles}
        placeholder={t.searchTitles}
        value={titleSearch.value}
        onInput={({ currentTarget }) => {
          titleSearch.value = currentTarget.value;
          guide.look(firstIds());
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') titleSearch.value = '';
        }}
      />
    </search>
  );
}

/** What was found, soonest first. */
export function TitleHits() {
  const t = texts.value;
  const hits = findTitles(seenRows(), titleSearch.value, minute.value).slice(0, MOST);
  return (
    <>
      <p class="channel-count" role="status">
        {t.titleCount(hits.length)}
      </p>
      <ul class="title-hits">
        {hits.map(({ channel, programme }) => (
          <Hit key={`${channel.id} ${programme.start}`} channel={channel} programme={programme} />
        ))}
      </ul>
    </>
  );
}

interface HitProps {
  readonly channel: ChannelGroup;
  readonly programme: Programme;
}

function Hit({ channel, programme: { title, start } }: HitProps) {
  const t = texts.value;
  const isOn = Date.parse(start) <= minute.value;
  return (
    <li>
      <time datetime={start}>{clockTime(start, language.value)}</time>
      <span class="title-hit">
        <strong>{title}</strong>
        <span>{channel.name}</span>
      </span>
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

function firstIds(): number[] {
  return Array.from({ length: 50 }, (_, index) => catalogue.at(index)?.guide_id ?? []).flat();
}

function seenRows() {
  const known = guide.programmes.value;
  return catalogue.loaded().flatMap((channel) => {
    const programmes = known.get(channel.guide_id);
    return programmes ? [{ channel, programmes }] : [];
  });
}
