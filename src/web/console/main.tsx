import { effect } from '@preact/signals';
import { render } from 'preact';
import { followEvents } from '../common/events.ts';
import { language, texts } from '../common/language.ts';
import { info, loadInfo, logIn, takeTokenFromAddress } from '../common/session.ts';
import { followTvMode } from '../common/tv-mode.ts';
import { ConsolePage } from './console-page.tsx';
import { followRemote } from './remote-keys.ts';
import { followAddress } from './view.ts';

const token = takeTokenFromAddress();
// a log-in link may be pasted into a tab that shows the page already
addEventListener('hashchange', () => {
  const pasted = takeTokenFromAddress();
  if (pasted !== null) void logIn(pasted);
});

effect(() => {
  document.documentElement.lang = language.value;
  document.title = `${texts.value.consoleTitle} · Zapette`;
});

followTvMode();
followAddress();
followRemote();

async function start(root: HTMLElement): Promise<void> {
  render(<ConsolePage />, root);
  followEvents();
  if (token !== null) await logIn(token);
  // also after a refused token, since the browser may still have a session
  if (info.value === null) await loadInfo();
}

const root = document.getElementById('app');
if (root) void start(root);
