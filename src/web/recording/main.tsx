import { effect } from '@preact/signals';
import { render } from 'preact';
import { api } from '../common/api.ts';
import { fallBackTo, language } from '../common/language.ts';
import { loadRecorded, recorded } from './recorded.ts';
import { RecordingPage } from './recording-page.tsx';

const root = document.getElementById('app');
if (root) {
  effect(() => {
    document.documentElement.lang = language.value;
    document.title = recorded.value === null ? 'Zapette' : `${recorded.value.title} · Zapette`;
  });
  void api.info().then(
    (info) => fallBackTo(info.language),
    // the page stays in the browser's language
    () => undefined,
  );
  void loadRecorded();
  render(<RecordingPage />, root);
}
