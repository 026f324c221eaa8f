import { computed, signal } from '@preact/signals';

/** Epoch milliseconds, renewed every second: whatever reads it in a component moves with time. */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, 1_000);

const HALF_MINUTE = 30_000;

/** The same, renewed twice a minute: for what is many, and need not be exact. */
export const minute = computed(() => Math.floor(now.value / HALF_MINUTE) * HALF_MINUTE);
