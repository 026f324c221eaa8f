import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Screen } from '../common/contract/screens.ts';
import { EditIcon, EyeIcon, PlusIcon, WallIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { here, otherScreens, screenHere, screens } from '../common/screens.ts';
import { may } from '../common/session.ts';
import { hashOf } from './address.ts';
import { broadcast } from './broadcast.ts';
import { dragged, dragProps } from './dragged.ts';
import { editScreen } from './screen-dialog.tsx';
import { screenTexts } from './screen-texts.ts';
import { view } from './view.ts';

/** The screens, where there is more than one: the chosen one is what the console is about. Channels can be dropped on any. */
export function ScreenBar() {
  const bar = useRef<HTMLElement>(null);
  // where not all screens fit, the chosen one is scrolled into view
  useEffect(() => {
    const chosen = bar.current?.querySelector('[aria-current]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [screenHere.value]);
  const t = texts.value;
  if (otherScreens.value.length === 0) return null;
  return (
    <nav ref={bar} class={`screen-bar ${dragged.value ? 'screen-bar-target' : ''}`} aria-label={t.screens}>
      <ul>
        {screens.value?.map((screen) => (
          <Item key={screen.id} screen={screen} />
        ))}
      </ul>
      <a class="icon-button" href="/wall" target="_blank" rel="noreferrer" aria-label={t.wall} title={t.wall}>
        <WallIcon />
      </a>
      {may('screens') && here.value && (
        <button
          type="button"
          class="icon-button"
          aria-label={screenTexts.value.edit(here.value.name)}
          title={screenTexts.value.edit(here.value.name)}
          onClick={() => editScreen(here.peek())}
        >
          <EditIcon />
        </button>
      )}
      <AddScreen />
    </nav>
  );
}

/** Adds a screen, for admins. */
export function AddScreen() {
  const t = screenTexts.value;
  if (!may('screens')) return null;
  return (
    <button
      type="button"
      class="button button-plain screen-add"
      aria-label={t.addScreen}
      title={t.addScreen}
      onClick={() => editScreen('new')}
    >
      <PlusIcon size={18} />
      <span>{t.screen}</span>
    </button>
  );
}

function Item({ screen }: { readonly screen: Screen }) {
  const t = texts.value;
  const { id, name, channel_id: channel, channel_label: label, state, viewers } = screen;
  const isOver = useSignal(false);
  const isTarget = dragged.value !== null && dragged.value.from !== id;
  return (
    <li>
      <a
        class={`screen-item ${isTarget && isOver.value ? 'screen-item-over' : ''}`}
        href={hashOf({ view: view.value, screen: id })}
        aria-current={id === screenHere.value ? 'true' : undefined}
        {...dragProps(channel === null ? null : { id: channel, name: label ?? '', from: id })}
        onDragOver={(event) => {
          if (!isTarget) return;
          event.preventDefault();
          isOver.value = true;
        }}
        onDragLeave={() => {
          isOver.value = false;
        }}
        onDrop={(event) => {
          const { value: dropped } = dragged;
          isOver.value = false;
          if (!isTarget || dropped === null) return;
          event.preventDefault();
          void broadcast(dropped, { screen: id });
        }}
      >
        <span class={`screen-lamp screen-lamp-${state}`} aria-hidden="true" />
        <strong>{name}</strong>
        <span class="screen-viewers" title={t.viewers(viewers)}>
          <EyeIcon size={15} />
          <span aria-hidden="true">{viewers}</span>
          <span class="hidden-text">{t.viewers(viewers)}</span>
        </span>
        <span class="screen-channel">{label ?? t.nothingOnAir}</span>
      </a>
    </li>
  );
}
