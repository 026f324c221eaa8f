import { texts } from '../common/language.ts';
import { openViews, view } from './view.ts';

/** The parts of the console, as far as they are open to whoever looks at it. */
export function Tabs() {
  return (
    <nav class="tabs" aria-label={texts.value.parts}>
      {openViews.value.map((name) => (
        <a key={name} href={`#${name}`} aria-current={view.value === name ? 'page' : undefined}>
          {texts.value.views[name]}
        </a>
      ))}
    </nav>
  );
}
