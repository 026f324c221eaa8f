import { render } from 'preact';
import { followEvents } from '../common/events.ts';
import 'media-chrome/lang/fr';
import { askWhoWeAre, followLogOut } from './operator.ts';
import { WatchPage } from './watch-page.tsx';

const root = document.getElementById('app');
if (root) {
  followEvents();
  void askWhoWeAre();
  followLogOut();
  render(<WatchPage />, root);
}
