import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import {
  ClockIcon,
  GuideIcon,
  LinkIcon,
  PeopleIcon,
  RecordIcon,
  ScreenIcon,
  ServerIcon,
} from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { screenHere } from '../common/screens.ts';
import { hashOf } from './address.ts';
import { openViews, type View, view } from './view.ts';

const icons: Readonly<Record<View, ComponentChildren>> = {
  channels: <ScreenIcon size={22} />,
  guide: <GuideIcon size={22} />,
  recordings: <RecordIcon size={22} />,
  history: <ClockIcon size={22} />,
  links: <LinkIcon size={22} />,
  access: <PeopleIcon size={22} />,
  server: <ServerIcon size={22} />,
};

/** The views that the reader may open: at the top, on phones at the bottom. */
export function Tabs() {
  const tabs = useRef<HTMLElement>(null);
  // where not all tabs fit, the current one is scrolled into view
  useEffect(() => {
    const shown = tabs.current?.querySelector('[aria-current]');
    shown?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [view.value]);
  return (
    <nav class="tabs" ref={tabs} aria-label={texts.value.parts}>
      {openViews.value.map((name) => (
        <a
          key={name}
          href={hashOf({ view: name, screen: screenHere.value })}
          aria-current={view.value === name ? 'page' : undefined}
        >
          {icons[name]}
          <span>{texts.value.views[name]}</span>
        </a>
      ))}
    </nav>
  );
}
