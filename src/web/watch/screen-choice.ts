import { effect } from '@preact/signals';
import { watchPath } from '../../domain/watch-paths.ts';
import { about, screenHere } from '../common/screens.ts';
import { loadRights } from './rights.ts';
import { screenOfPath } from './screen-of-path.ts';

/** Reads the page's screen from its address, also when the browser goes back, and tells the server which one was left. */
export function followScreen(): void {
  const read = () => {
    screenHere.value = screenOfPath(location.pathname);
  };
  read();
  addEventListener('popstate', read);
  let before: string | null = null;
  effect(() => {
    if (before !== null) leave(before);
    before = screenHere.value;
    void loadRights();
  });
  // A page that comes back from the browser's cache loads the playlist again, and counts as a viewer again.
  addEventListener('pagehide', () => leave(screenHere.peek()));
}

/** Goes to another screen without loading the page again, so that sound and full screen stay. */
export function goTo(screen: string): void {
  if (screen === screenHere.peek()) return;
  history.pushState(null, '', watchPath(screen) + location.search);
  screenHere.value = screen;
}

function leave(screen: string): void {
  navigator.sendBeacon(about('/api/watch/leave', screen));
}
