import { render } from 'preact';
import { api } from '../common/api.ts';
import { followEvents } from '../common/events.ts';
import { fallBackTo } from '../common/language.ts';
import 'media-chrome/lang/fr';
import { WatchPage } from './watch-page.tsx';

const root = document.getElementById('app');
if (root) {
  followEvents();
  // only for the language; the page does without it
  api.info().then(
    (info) => fallBackTo(info.language),
    () => undefined,
  );
  render(<WatchPage />, root);
}
