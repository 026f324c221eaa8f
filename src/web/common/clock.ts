import { computed, signal } from '@preact/signals';

/** The time in epoch milliseconds, updated every second; components that read it follow the time. */
export const now = signal(Date.now());

setInterval(() => {
  now.value = Date.now();
}, 1_000);

const HALF_MINUTE = 30_000;

/** The same, updated twice a minute, for long lists that need not be exact. */
export const minute = computed(() => Math.floor(now.value / HALF_MINUTE) * HALF_MINUTE);
