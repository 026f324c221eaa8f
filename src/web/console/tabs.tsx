import { texts } from '../common/language.ts';
import { view, views } from './view.ts';

/** The parts of the console. */
export function Tabs() {
  return (
    <nav class="tabs" aria-label={texts.value.parts}>
      {views.map((name) => (
        <a key={name} href={`#${name}`} aria-current={view.value === name ? 'page' : undefined}>
          {texts.value.views[name]}
        </a>
      ))}
    </nav>
  );
}
