import { signal } from '@preact/signals';
import { tvMode } from '../common/tv-mode.ts';

const AWAKE_MS = 3_500;
/** From a sofa, one is slower. */
const AWAKE_ON_TV_MS = 7_000;
const ANNOUNCED_MS = 7_000;

/** Whether somebody is at the controls: they are shown, and the pointer too. */
export const awake = signal(true);

/** Whether something new is on: the channel's banner is shown without the controls. */
export const announced = signal(false);

let sleeping: ReturnType<typeof setTimeout> | undefined;
let announcing: ReturnType<typeof setTimeout> | undefined;

export function wake(): void {
  awake.value = true;
  clearTimeout(sleeping);
  sleeping = setTimeout(sleep, tvMode.peek() ? AWAKE_ON_TV_MS : AWAKE_MS);
}

export function sleep(): void {
  clearTimeout(sleeping);
  awake.value = false;
  // what is not in sight has no focus: the next "OK" of a remote opens the channels
  const focused = document.activeElement;
  if (tvMode.peek() && focused instanceof HTMLElement && focused.closest('.controls')) focused.blur();
}

export function announce(): void {
  announced.value = true;
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    announced.value = false;
  }, ANNOUNCED_MS);
}

/** Mouse, keyboard and focus wake; a tap on the picture wakes, and puts to sleep again. */
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
