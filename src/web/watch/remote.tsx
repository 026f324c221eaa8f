import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, api } from '../common/api.ts';
import { AudioMenu } from '../common/audio-menu.tsx';
import { ChannelLogo } from '../common/channel-logo.tsx';
import type { ChannelGroup } from '../common/contract.ts';
import { status } from '../common/events.ts';
import { CloseIcon, StopIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';

const MOST = 30;

/** The remote beside the picture, for operators: find a channel and put it on, or stop. */
export function Remote({ onClose }: { readonly onClose: () => void }) {
  const t = texts.value;
  const drawer = useRef<HTMLDialogElement>(null);
  const search = useSignal('');
  const found = useSignal<readonly ChannelGroup[]>([]);
  const failure = useSignal('');

  useEffect(() => {
    // not modal: the picture is what it is all about
    drawer.current?.show();
    drawer.current?.querySelector('input')?.focus();
  }, []);
  const query = search.value.trim();
  useEffect(() => {
    const request = new AbortController();
    api.groups({ q: query, category: null, page: 1, page_size: MOST }, request.signal).then(
      ({ items }) => {
        found.value = items;
      },
      () => undefined,
    );
    return () => request.abort();
  }, [query, found]);

  const act = async (what: () => Promise<unknown>) => {
    failure.value = '';
    try {
      await what();
    } catch (error) {
      failure.value = (error instanceof ApiError && error.message) || t.failed;
    }
  };
  return (
    <dialog
      class="remote"
      ref={drawer}
      aria-label={t.remote}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        // letters are for the search, not for the player
        event.stopPropagation();
      }}
    >
      <header>
        <input
          type="text"
          inputmode="search"
          autocomplete="off"
          aria-label={t.searchLabel}
          placeholder={t.searchPlaceholder}
          value={search.value}
          onInput={({ currentTarget }) => {
            search.value = currentTarget.value;
          }}
        />
        <button type="button" class="remote-button" aria-label={t.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <p class="remote-failure" role="alert">
        {failure.value}
      </p>
      <ul>
        {found.value.map((group) => (
          <Item key={group.id} group={group} onChoose={() => void act(() => api.broadcast(group.id))} />
        ))}
      </ul>
      <AudioMenu onChoose={(track) => act(() => api.chooseAudio(track))} />
      <button type="button" class="button button-plain" onClick={() => void act(() => api.stop())}>
        <StopIcon size={18} />
        {t.stop}
      </button>
    </dialog>
  );
}

function Item({ group, onChoose }: { readonly group: ChannelGroup; readonly onChoose: () => void }) {
  const { channel_id: onAir, wanted } = status.value ?? {};
  const isWanted = group.variants.some(({ id }) => id === wanted?.id);
  return (
    <li>
      <button
        type="button"
        class="remote-channel"
        aria-label={texts.value.broadcastChannel(group.name)}
        aria-current={group.variants.some(({ id }) => id === onAir)}
        onClick={onChoose}
      >
        <ChannelLogo name={group.name} logo={group.logo} />
        <span>{group.name}</span>
        {isWanted && <span class="spinner" aria-hidden="true" />}
      </button>
    </li>
  );
}
