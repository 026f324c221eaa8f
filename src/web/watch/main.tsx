import { render } from 'preact';
import { followEvents } from '../common/events.ts';
import 'media-chrome/lang/fr';
import { followTvMode } from '../common/tv-mode.ts';
import { followLogOut, loadRights } from './rights.ts';
import { WatchPage } from './watch-page.tsx';

const root = document.getElementById('app');
if (root) {
  followTvMode();
  followEvents();
  void loadRights();
  followLogOut();
  // A page that comes back from the browser's cache loads the playlist again, and counts as a viewer again.
  addEventListener('pagehide', () => navigator.sendBeacon('/api/watch/leave'));
  render(<WatchPage />, root);
}
