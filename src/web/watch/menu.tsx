import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import {
  ChartIcon,
  FromStartIcon,
  KeyboardIcon,
  MoreIcon,
  PipIcon,
  ScissorsIcon,
  ScreenIcon,
  ScreensIcon,
  ShareIcon,
} from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { otherScreens } from '../common/screens.ts';
import { setTvMode, tvMode } from '../common/tv-mode.ts';
import { clipTexts } from './clip-texts.ts';
import { canClip, closePanel, panel, statsOpen, togglePanel, toggleStats } from './panels.ts';
import { pastTexts } from './past-texts.ts';
import type { Player } from './player.ts';
import { type Quality, qualities, quality } from './quality.ts';
import { canRewind, fromStart } from './rewind.ts';

/** The button of the controls that opens the menu with the less common actions. */
export function Menu({ player }: { readonly player: Player | null }) {
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLFieldSetElement>(null);
  const isOpen = panel.value === 'menu';
  useEffect(() => {
    if (!isOpen) return undefined;
    list.current?.querySelector('button')?.focus();
    return () => {
      if (panel.peek() === null) opener.current?.focus();
    };
  }, [isOpen]);
  const t = texts.value;
  return (
    <div class="menu">
      <button
        type="button"
        class="controls-button"
        ref={opener}
        aria-label={t.moreControls}
        aria-expanded={isOpen}
        title={t.moreControls}
        onClick={() => togglePanel('menu')}
      >
        <MoreIcon size={24} />
      </button>
      {isOpen && (
        <fieldset class="menu-list" ref={list} aria-label={t.moreControls}>
          {otherScreens.value.length > 0 && (
            <Item
              icon={<ScreensIcon size={22} />}
              label={t.screens}
              onChoose={() => togglePanel('screens')}
            />
          )}
          {player && canRewind.value && (
            <Item
              icon={<FromStartIcon size={22} />}
              label={pastTexts.value.fromStart}
              className="menu-from-start"
              onChoose={() => {
                fromStart(player);
                closePanel();
              }}
            />
          )}
          {canClip.value && (
            <Item
              icon={<ScissorsIcon size={22} />}
              label={clipTexts.value.make}
              className="menu-clip"
              onChoose={() => togglePanel('clip')}
            />
          )}
          <Item icon={<ShareIcon size={22} />} label={t.share} onChoose={() => togglePanel('share')} />
          <Item icon={<PipIcon size={22} />} label={t.pip} className="menu-pip" onChoose={pressPip} />
          <Item
            icon={<ChartIcon size={22} />}
            label={t.stats}
            isOn={statsOpen.value}
            onChoose={() => {
              toggleStats();
              closePanel();
            }}
          />
          {player && player.picture.value !== null && <QualityChoice />}
          <Item
            icon={<ScreenIcon size={22} />}
            label={t.tvMode}
            isOn={tvMode.value}
            onChoose={() => setTvMode(!tvMode.value)}
          />
          <Item
            icon={<KeyboardIcon size={22} />}
            label={t.keyboardHelp}
            onChoose={() => togglePanel('help')}
          />
        </fieldset>
      )}
    </div>
  );
}

/** Which picture to load, in a row. */
function QualityChoice() {
  const t = texts.value;
  const names: Readonly<Record<Quality, { readonly short: string; readonly long: string }>> = {
    auto: { short: t.qualityAuto, long: t.qualityAuto },
    full: { short: t.qualityFull, long: t.qualityFull },
    '540p': { short: '540p', long: t.qualityLow },
  };
  return (
    <fieldset class="menu-quality">
      <legend>{t.quality}</legend>
      {qualities.map((each) => (
        <button
          key={each}
          type="button"
          class="menu-item"
          aria-pressed={quality.value === each}
          aria-label={names[each].long}
          title={names[each].long}
          onClick={() => {
            quality.value = each;
          }}
        >
          {names[each].short}
        </button>
      ))}
    </fieldset>
  );
}

interface ItemProps {
  readonly icon: ComponentChildren;
  readonly label: string;
  /** The state of an item that can be switched on and off. */
  readonly isOn?: boolean;
  readonly className?: string;
  readonly onChoose: () => void;
}

function Item({ icon, label, isOn, className = '', onChoose }: ItemProps) {
  return (
    <button type="button" class={`menu-item ${className}`} aria-pressed={isOn} onClick={onChoose}>
      {icon}
      <span>{label}</span>
    </button>
  );
}

/** Clicks media-chrome's button, which handles the browsers' differences even while it is hidden. */
function pressPip(): void {
  closePanel();
  document.querySelector<HTMLElement>('media-pip-button')?.click();
}
