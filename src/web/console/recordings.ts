import { effect, signal } from '@preact/signals';
import { ApiError } from '../common/api.ts';
import { recordingsChange } from '../common/events.ts';
import { toastError } from '../common/failure.ts';
import { type RecordingList, recordingsApi } from './recordings-api.ts';

/** All recordings and their disk; null until they are loaded. */
export const recordings = signal<RecordingList | null>(null);

const turns = { asked: 0, shown: 0 };

/** Loads the recordings again. */
export async function loadRecordings(): Promise<void> {
  const turn = ++turns.asked;
  try {
    const answer = await recordingsApi.list();
    // An answer from before a change may arrive after the one from after it.
    if (turn < turns.shown) return;
    turns.shown = turn;
    recordings.value = answer;
  } catch (error) {
    // The offline banner says so already.
    if (!(error instanceof ApiError && error.status === 0)) toastError(error);
  }
}

/** Loads the recordings, and again whenever the server says that they have changed. */
export function followRecordings(): () => void {
  return effect(() => {
    void recordingsChange.value;
    void loadRecordings();
  });
}
