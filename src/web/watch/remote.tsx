import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { api } from '../common/api.ts';
import { focusOn } from '../common/arrow-focus.ts';
import { AudioMenu } from '../common/audio-menu.tsx';
import type { ChannelGroup } from '../common/contract/channels.ts';
import { status } from '../common/events.ts';
import { guide } from '../common/guide.ts';
import { CloseIcon, PauseIcon, PlayIcon, StopIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { PictureTrouble } from '../common/picture-trouble.tsx';
import { tvMode } from '../common/tv-mode.ts';
import { ChannelShelves } from './channel-shelves.ts';
import { closePanel } from './panels.ts';
import { RemoteChannel } from './remote-channel.tsx';
import { mayChooseAudio } from './rights.ts';
import { failure, runCommand, tune } from './run-command.ts';

/** Pixels from the end of the list at which the next page is loaded. */
const NEAR = 600;

/** The remote beside the picture, with which operators find a channel, put it on air, or stop. */
export function Remote() {
  const t = texts.value;
  const drawer = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const search = useSignal('');
  const category = useSignal<string | null>(null);
  const shelves = useMemo(() => new ChannelShelves(), []);
  const query = search.value.trim();

  useEffect(() => {
    // not modal, so that the picture stays in use
    drawer.current?.show();
    // a focused input opens the television's on-screen keyboard, which would cover the list
    if (tvMode.peek()) drawer.current?.focus();
    else drawer.current?.querySelector('input')?.focus();
    shelves.start();
    return () => shelves.stop();
  }, [shelves]);
  useEffect(() => shelves.find(query, category.value), [shelves, query, category.value]);

  const found = shelves.found.value;
  // on a television, the focus moves to the list once there is one
  const isPointed = useRef(false);
  useEffect(() => {
    if (!tvMode.peek() || isPointed.current) return;
    isPointed.current = focusOnChannel(list.current);
  }, [found]);
  const isAtHome = query === '' && category.value === null;
  return (
    <dialog class="remote" ref={drawer} tabIndex={-1} data-beside aria-label={t.remote}>
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
        <button type="button" class="remote-button" aria-label={t.close} onClick={() => closePanel()}>
          <CloseIcon />
        </button>
      </header>
      <select
        class="remote-category"
        aria-label={t.categories}
        value={category.value ?? ''}
        onChange={({ currentTarget }) => {
          category.value = currentTarget.value === '' ? null : currentTarget.value;
        }}
      >
        <option value="">{t.allChannels}</option>
        {shelves.categories.value.map(({ id, name, count }) => (
          <option key={id} value={id}>
            {name} ({count})
          </option>
        ))}
      </select>
      <PictureTrouble onChoose={(channel) => void tune(channel)} />
      <p class="remote-failure" role="alert">
        {failure.value}
      </p>
      <div
        class="remote-lists"
        ref={list}
        data-arrow-group
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          if (scrollHeight - scrollTop - clientHeight < NEAR) shelves.more();
        }}
      >
        {isAtHome && <Shelf name={t.shelves.favourites} groups={shelves.favourites.value} />}
        {isAtHome && <Shelf name={t.shelves.recents} groups={shelves.recents.value} />}
        <Shelf name={isAtHome ? t.allChannels : ''} groups={found} />
        {found.length === 0 && shelves.isAll.value && <p class="remote-none">{t.noChannels}</p>}
      </div>
      {mayChooseAudio.value && <AudioMenu onChoose={(track) => runCommand(() => api.chooseAudio(track))} />}
      {status.value?.past && <PauseButton isPaused={status.value.past.paused !== null} />}
      <button type="button" class="button button-plain" onClick={() => void runCommand(() => api.stop())}>
        <StopIcon size={18} />
        {t.stop}
      </button>
    </dialog>
  );
}

/** Lets the recording or past programme stand still for everybody, or go on. */
function PauseButton({ isPaused }: { readonly isPaused: boolean }) {
  const t = texts.value;
  const change = () => (isPaused ? api.goOn() : api.pause());
  return (
    <button type="button" class="button button-plain" onClick={() => void runCommand(change)}>
      {isPaused ? <PlayIcon size={18} /> : <PauseIcon size={18} />}
      {isPaused ? t.goOn : t.pause}
    </button>
  );
}

function Shelf({ name, groups }: { readonly name: string; readonly groups: readonly ChannelGroup[] }) {
  const ids = groups.map(({ guide_id: id }) => id);
  const known = ids.join();
  // compared as text, since the array is new each time
  useEffect(() => void guide.load(ids), [known]);
  if (groups.length === 0) return null;
  return (
    <section aria-label={name || undefined}>
      {name !== '' && <h2>{name}</h2>}
      <ul>
        {groups.map((group) => (
          <RemoteChannel key={group.id} group={group} onChoose={(from) => void tune(group, from)} />
        ))}
      </ul>
    </section>
  );
}

/** Focuses the channel on air, else the first one; false if the list is empty. */
function focusOnChannel(list: HTMLElement | null): boolean {
  const button =
    list?.querySelector<HTMLElement>('[aria-current="true"]') ?? list?.querySelector<HTMLElement>('button');
  if (button) focusOn(button);
  return button != null;
}
