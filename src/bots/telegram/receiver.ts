import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Clock } from '../../lib/clock.ts';

/** Receives the events of a `Receiver`. */
export interface Listener {
  /** Never rejects. */
  readonly onUpdate: (update: Update) => void;
  /** Is called with the connection's state; the receiver goes on by itself. */
  readonly onState: (state: 'on' | 'unreachable' | 'conflict', details?: string) => void;
  /** Is called when the token is refused and no more updates will come. */
  readonly onRefused: (error: unknown) => void;
}

export interface ReceiverOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly listener: Listener;
}

/** Receives updates, by polling or by webhook. */
export interface Receiver {
  start(options: ReceiverOptions): Promise<void>;
  /** Resolves once no more updates come in. */
  stop(): Promise<void>;
}

/** The kinds of updates that the bot uses and asks for. */
export const allowedUpdates = ['message', 'callback_query', 'inline_query', 'my_chat_member'] as const;
