import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Clock } from '../../lib/clock.ts';

/** What a receiver tells of. */
export interface Listener {
  /** Never rejects. */
  readonly onUpdate: (update: Update) => void;
  /** How it is; it goes on by itself. */
  readonly onState: (state: 'on' | 'unreachable' | 'conflict', details?: string) => void;
  /** No more will come. */
  readonly onRefused: (error: unknown) => void;
}

export interface ReceiverOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly listener: Listener;
}

/** How updates come in. */
export interface Receiver {
  start(options: ReceiverOptions): Promise<void>;
  /** No more updates come in. */
  stop(): Promise<void>;
}

/** What is sent to us: nothing that we do not use. */
export const allowedUpdates = ['message', 'callback_query', 'inline_query', 'my_chat_member'] as const;
