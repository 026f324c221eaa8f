import { render } from 'preact';
import { api } from '../shared/api.ts';
import { followEvents } from '../shared/events.ts';
import { fallBackTo } from '../shared/language.ts';
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
