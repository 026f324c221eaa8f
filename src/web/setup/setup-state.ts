import { computed, signal } from '@preact/signals';
import { ApiError } from '../common/api.ts';
import { recall, remember } from '../common/browser-memory.ts';
import { toastError } from '../common/failure.ts';
import type { DiscordState, FurtherAccounts, SetupState, TelegramState } from './contract.ts';
import { setupApi } from './setup-api.ts';
import type { Step } from './steps.ts';

const RETRY_MS = 2_000;
/** Keeps the first set-up on the page over a reload, since the server ends it in the middle. */
const FIRST = 'zapette.first-set-up';

/** What is set up; null until the server has answered. */
export const setup = signal<SetupState | null>(null);

/** The subscriptions and lists as the server last told; null until it has. */
export const accounts = signal<FurtherAccounts | null>(null);

/** The bots as the server last told; null until it has. */
export const discord = signal<DiscordState | null>(null);
export const telegram = signal<TelegramState | null>(null);

/** True during the first set-up, which leads from step to step. */
export const isFirstSetup = signal(recall(FIRST, 'sessionStorage') !== null);

/** The steps that need nothing more. */
export const finished = computed<ReadonlySet<Step>>(() => {
  const done = new Set<Step>();
  if (setup.value?.account.kind === 'own') done.add('channels');
  if (setup.value?.is_first === false) done.add('watch');
  if (discord.value?.state === 'on') done.add('discord');
  if (telegram.value?.state === 'on') done.add('telegram');
  return done;
});

/** Loads everything that the page shows first, and tries again until the server answers. */
export async function loadSetup(): Promise<void> {
  for (;;) {
    try {
      await reloadSetup();
      break;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 0) {
        toastError(error, loadSetup);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
  // only for the marks of the steps: each step reports its own failures
  await Promise.allSettled([loadDiscord(), loadTelegram()]);
}

/** Loads what is set up, after a change. @throws ApiError */
export async function reloadSetup(): Promise<void> {
  const state = await setupApi.state();
  if (state.is_first) {
    remember(FIRST, '1', 'sessionStorage');
    isFirstSetup.value = true;
  }
  setup.value = state;
}

export async function loadAccounts(): Promise<void> {
  accounts.value = await setupApi.accounts();
}

export async function loadDiscord(): Promise<void> {
  discord.value = await setupApi.discord();
}

export async function loadTelegram(): Promise<void> {
  telegram.value = await setupApi.telegram();
}

/** Ends the first set-up: from now on the page shows the steps as tabs. */
export function endFirstSetup(): void {
  remember(FIRST, null, 'sessionStorage');
  isFirstSetup.value = false;
}

/** True if the environment decides one of these settings, so that the page cannot change it. */
export function isLocked(...names: readonly string[]): boolean {
  return setup.value?.locked.some((name) => names.includes(name)) ?? false;
}
