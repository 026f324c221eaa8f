import { signal } from '@preact/signals';

/** Epoch milliseconds, renewed every second: whatever reads it in a component moves with time. */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, 1_000);
