import { focusOn } from '../common/arrow-focus.ts';
import { texts } from '../common/language.ts';

/** The first element of the Tab key, which leads past the top of the page to the channels. */
export function SkipLink() {
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads to a view of the console, and there to the first button
    <a class="skip button button-main" href="#main" onClick={() => requestAnimationFrame(toChannels)}>
      {texts.value.skipToChannels}
    </a>
  );
}

function toChannels(): void {
  const first = document.querySelector<HTMLElement>('.channel-list .channel-button');
  const target = first ?? document.getElementById('search');
  if (target) focusOn(target);
}
