import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../common/language.ts';
import { openViews, view } from './view.ts';

/** The parts of the console, as far as they are open to whoever looks at it. */
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
          {texts.value.views[name]}
        </a>
      ))}
    </nav>
  );
}
