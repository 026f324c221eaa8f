import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { verdictOn } from '../../domain/provider-trouble.ts';
import type { LineState } from '../../domain/source-provider.ts';
import { orAborted } from '../../lib/abort.ts';
import { networkError } from '../../lib/provider-http/network-error.ts';
import { Refusal } from './upstream.ts';

export interface FailedTuner {
  /** True if the channel was open, so that the source was cut off. */
  readonly isOpen: boolean;
  readonly signal: AbortSignal;
  /** @see TunerOptions.askLine */
  readonly askLine: (() => Promise<LineState>) | undefined;
  /** The code of a refusal; null for the usual one. */
  readonly refused: ErrorCode | null;
}

/** Turns what ended a tuner's reading into the reason for its users. */
export async function explainFailure(error: unknown, tuner: FailedTuner): Promise<AppError> {
  if (error instanceof AppError) return error;
  if (error instanceof Refusal) return explainRefusal(error, tuner);
  const { aborted, reason } = tuner.signal;
  if (aborted)
    return reason instanceof AppError ? reason : new AppError('channel_ended', {}, { cause: error });
  const { cause, ...seen } = networkError(error);
  if (!tuner.isOpen) return verdictOn(seen, 'stream', cause).error;
  return new AppError(seen.code === 'BODY_TIMEOUT' ? 'channel_stalled' : 'channel_ended', {}, { cause });
}

/** Asks about the line, since panels give the same answer for a channel outside the subscription and for a line in use. */
async function explainRefusal(
  { status, trouble }: Refusal,
  { askLine, signal, refused }: FailedTuner,
): Promise<AppError> {
  if (trouble.kind !== 'refused') return trouble.error;
  const error = refused ? new AppError(refused, trouble.error.params) : trouble.error;
  if (!askLine || signal.aborted) return error;
  const line = await orAborted(askLine(), signal).catch((): LineState => 'unknown');
  if (line instanceof AppError) return line;
  return line === 'full' ? new AppError('line_in_use', { status }) : error;
}
