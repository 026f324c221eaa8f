import { watchPath } from '../../domain/watch-paths.ts';
import type { Screen } from '../common/contract/screens.ts';
import { texts } from '../common/language.ts';
import { otherScreens, screenHere, screens } from '../common/screens.ts';
import { closePanel } from './panels.ts';
import { goTo } from './screen-choice.ts';

/** The screens that this browser may watch, with what is on each. A click goes there without loading the page again. */
export function ScreenLinks() {
  return (
    <ul class="screen-links">
      {screens.value?.map((screen) => (
        <li key={screen.id}>
          <ScreenLink screen={screen} />
        </li>
      ))}
      {otherScreens.value.length > 0 && (
        <li>
          <a href="/wall">
            <strong>{texts.value.wall}</strong>
          </a>
        </li>
      )}
    </ul>
  );
}

function ScreenLink({ screen: { id, name, channel_label: channel, viewers } }: { readonly screen: Screen }) {
  const t = texts.value;
  return (
    <a
      href={watchPath(id) + location.search}
      aria-current={id === screenHere.value ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        closePanel();
        goTo(id);
      }}
    >
      <strong>{name}</strong>
      <span>{channel ?? t.nothingOnAir}</span>
      <small>{t.viewers(viewers)}</small>
    </a>
  );
}
