import { render } from 'preact';
import { followEvents } from '../common/events.ts';
import 'media-chrome/lang/fr';
import { followTvMode } from '../common/tv-mode.ts';
import { askWhoWeAre, followLogOut } from './operator.ts';
import { WatchPage } from './watch-page.tsx';

const root = document.getElementById('app');
if (root) {
  followTvMode();
  followEvents();
  void askWhoWeAre();
  followLogOut();
  // A page that is shown again, out of the browser's memory, asks for the picture again and is counted again.
  addEventListener('pagehide', () => navigator.sendBeacon('/api/watch/leave'));
  render(<WatchPage />, root);
}
