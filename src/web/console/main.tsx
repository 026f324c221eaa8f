import { effect } from '@preact/signals';
import { render } from 'preact';
import { followEvents } from '../shared/events.ts';
import { language, texts } from '../shared/language.ts';
import { ConsolePage } from './console-page.tsx';
import { loadInfo, logIn, takeTokenFromAddress } from './session.ts';

const token = takeTokenFromAddress();
// the link pasted into a tab that already shows the page
addEventListener('hashchange', () => {
  const pasted = takeTokenFromAddress();
  if (pasted !== null) void logIn(pasted);
});

effect(() => {
  document.documentElement.lang = language.value;
  document.title = `${texts.value.consoleTitle} · Zapette`;
});

// Rendered once it is known whose browser this is, so that no login card flashes by.
async function start(root: HTMLElement): Promise<void> {
  if (token !== null) await logIn(token);
  followEvents();
  render(<ConsolePage />, root);
  await loadInfo();
}

const root = document.getElementById('app');
if (root) void start(root);
