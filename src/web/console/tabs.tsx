import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { ClockIcon, GuideIcon, LinkIcon, PeopleIcon, ScreenIcon, ServerIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { openViews, type View, view } from './view.ts';

const icons: Readonly<Record<View, ComponentChildren>> = {
  channels: <ScreenIcon size={22} />,
  guide: <GuideIcon size={22} />,
  history: <ClockIcon size={22} />,
  links: <LinkIcon size={22} />,
  access: <PeopleIcon size={22} />,
  server: <ServerIcon size={22} />,
};

/** The parts of the console, as far as they are open to whoever looks at it: above, or below on phones. */
export function Tabs() {
  const tabs = useRef<HTMLElement>(null);
  // where they do not all fit, the one that is shown is in sight
  useEffect(() => {
    const shown = tabs.current?.querySelector('[aria-current]');
    shown?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [view.value]);
  return (
    <nav class="tabs" ref={tabs} aria-label={texts.value.parts}>
      {openViews.value.map((name) => (
        <a key={name} href={`#${name}`} aria-current={view.value === name ? 'page' : undefined}>
          {icons[name]}
          <span>{texts.value.views[name]}</span>
        </a>
      ))}
    </nav>
  );
}
