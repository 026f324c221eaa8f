import { effect } from '@preact/signals';
import { render } from 'preact';
import { language } from '../common/language.ts';
import { info, loadInfo, logIn, takeTokenFromAddress } from '../common/session.ts';
import { SetupPage } from './setup-page.tsx';
import { endFirstSetup, loadSetup } from './setup-state.ts';
import { step } from './steps.ts';
import { setupTexts } from './texts.ts';

const token = takeTokenFromAddress();

effect(() => {
  document.documentElement.lang = language.value;
  document.title = `${setupTexts.value.steps[step.value]} · Zapette`;
});

// again after each log-in
effect(() => {
  if (info.value?.role === 'admin') void loadSetup();
});

// whoever looks at all settings knows the way
effect(() => {
  if (step.value === 'settings') endFirstSetup();
});

async function start(root: HTMLElement): Promise<void> {
  render(<SetupPage />, root);
  if (token !== null) await logIn(token);
  if (info.value === null) await loadInfo();
}

const root = document.getElementById('app');
if (root) void start(root);
