import { watchPath } from '../../domain/watch-paths.ts';
import { RemoteMark } from '../common/brand.tsx';
import { LeaveIcon, PlayIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { otherScreens, screenHere } from '../common/screens.ts';
import { logOut } from '../common/session.ts';
import { AddScreen } from './screen-bar.tsx';
import { Tabs } from './tabs.tsx';

export function TopBar() {
  const t = texts.value;
  return (
    <header class="top">
      <a class="brand" href="/">
        <RemoteMark />
        <span>Zapette</span>
      </a>
      <Tabs />
      {otherScreens.value.length === 0 && <AddScreen />}
      <a
        class="button button-plain top-watch"
        href={watchPath(screenHere.value)}
        target="_blank"
        rel="noreferrer"
      >
        <PlayIcon size={16} />
        <span>{t.watch}</span>
      </a>
      <button
        type="button"
        class="icon-button"
        aria-label={t.logOut}
        title={t.logOut}
        onClick={() => void logOut()}
      >
        <LeaveIcon />
      </button>
    </header>
  );
}
