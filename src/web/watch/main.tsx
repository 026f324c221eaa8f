import { render } from 'preact';
import { followEvents } from '../common/events.ts';
import 'media-chrome/lang/fr';
import { followTvMode } from '../common/tv-mode.ts';
import { followLogOut } from './rights.ts';
import { followScreen } from './screen-choice.ts';
import { WatchPage } from './watch-page.tsx';

const root = document.getElementById('app');
if (root) {
  followTvMode();
  followScreen();
  followEvents();
  followLogOut();
  render(<WatchPage />, root);
}
