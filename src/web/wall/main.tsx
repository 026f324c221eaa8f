import { effect } from '@preact/signals';
import { render } from 'preact';
import { api } from '../common/api.ts';
import { followArrows } from '../common/arrow-focus.ts';
import { followEvents } from '../common/events.ts';
import { fallBackTo, language, texts } from '../common/language.ts';
import { followTvMode } from '../common/tv-mode.ts';
import { followKeys } from './keys.ts';
import { recallSound } from './sound.ts';
import { WallPage } from './wall-page.tsx';

const root = document.getElementById('app');
if (root) {
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = `${texts.value.wall} · Zapette`;
  });
  followTvMode();
  followArrows();
  followKeys();
  followEvents();
  recallSound();
  void api.info().then(
    (info) => fallBackTo(info.language),
    // the page stays in the browser's language
    () => undefined,
  );
  render(<WallPage />, root);
}
