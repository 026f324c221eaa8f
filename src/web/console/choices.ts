import { signal } from '@preact/signals';
import { ApiError, api } from '../common/api.ts';
import type { ChannelGroup, ChannelId, ChoiceChange, ChosenChannel } from '../common/contract/channels.ts';
import { toastError } from '../common/failure.ts';
import { info } from '../common/session.ts';
import { toast } from '../common/toasts.tsx';
import { catalogue } from './catalogue.ts';

/** The channels for which an admin has chosen something; empty for others. */
export const chosenChannels = signal<readonly ChosenChannel[]>([]);

export const mayChoose = () => info.value?.role === 'admin';

/** Loads what was chosen, if it may be known. Never rejects. */
export async function loadChoices(): Promise<void> {
  if (!mayChoose()) return;
  try {
    chosenChannels.value = await api.choices();
  } catch (error) {
    // The list is there without it.
    if (!(error instanceof ApiError)) throw error;
  }
}

/** What was chosen for a channel; null if nothing was. */
export function chosenFor({ variants }: ChannelGroup): ChosenChannel | null {
  const isIn = ({ entries }: ChosenChannel) =>
    entries.some((entry) => variants.some(({ id }) => id === entry.id));
  return chosenChannels.value.find(isIn) ?? null;
}

/** Changes a channel, and says so. @returns whether it succeeded */
export function changeChannel(id: ChannelId, change: ChoiceChange, done: string): Promise<boolean> {
  return follow(api.chooseChannel(id, change), done);
}

/** Undoes everything that was chosen for a channel, and says so. @returns whether it succeeded */
export function undoChoices({ entries: [first] }: ChosenChannel, done: string): Promise<boolean> {
  return first ? follow(api.forgetChoice(first.id), done) : Promise.resolve(false);
}

async function follow(request: Promise<void>, done: string): Promise<boolean> {
  try {
    await request;
  } catch (error) {
    toastError(error);
    return false;
  }
  toast('good', done);
  catalogue.reload();
  await loadChoices();
  return true;
}
