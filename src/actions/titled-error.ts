import { channelTitle } from '../catalogue/channel-title.ts';
import { AppError } from '../domain/errors.ts';

/** Gives the channel that an error names its title, since the stream only knows the provider's name. */
export function titledError(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'overtaken') return error;
  const wanted = channelTitle(String(error.params.wanted)).name;
  return new AppError(error.code, { ...error.params, wanted }, { cause: error });
}
