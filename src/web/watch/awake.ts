import { signal } from '@preact/signals';
import { tvMode } from '../common/tv-mode.ts';

const AWAKE_MS = 3_500;
/** Viewers on a sofa react more slowly. */
const AWAKE_ON_TV_MS = 7_000;
const ANNOUNCED_MS = 7_000;

/** True while somebody uses the page: the controls and the pointer are shown. */
export const awake = signal(true);

/** True for some seconds after a change of channel: the banner is shown without the controls. */
export const announced = signal(false);

let sleeping: ReturnType<typeof setTimeout> | undefined;
let announcing: ReturnType<typeof setTimeout> | undefined;

/** Shows the controls until nothing has happened for some seconds. */
export function wake(): void {
  awake.value = true;
  clearTimeout(sleeping);
  sleeping = setTimeout(sleep, tvMode.peek() ? AWAKE_ON_TV_MS : AWAKE_MS);
}

/** Hides the controls at once. */
export function sleep(): void {
  clearTimeout(sleeping);
  awake.value = false;
  // hidden controls must not keep the focus: the next "OK" of a remote opens the channels
  const focused = document.activeElement;
  if (tvMode.peek() && focused instanceof HTMLElement && focused.closest('.controls')) focused.blur();
}

/** Shows the banner for some seconds. */
export function announce(): void {
  announced.value = true;
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    announced.value = false;
  }, ANNOUNCED_MS);
}

/** Wakes the page at mouse, keyboard and focus events; a tap on the picture toggles the controls. */
export function followActivity(picture: HTMLElement): void {
  const wakeByMouse = (event: PointerEvent) => {
    if (event.pointerType !== 'touch') wake();
  };
  document.addEventListener('pointermove', wakeByMouse);
  document.addEventListener('keydown', wake);
  document.addEventListener('focusin', wake);
  document.addEventListener('pointerdown', (event) => {
    const onPicture = event.target instanceof Node && picture.contains(event.target);
    if (event.pointerType === 'touch' && onPicture && awake.value) sleep();
    else wake();
  });
  document.documentElement.addEventListener('mouseleave', sleep);
  wake();
}
