import { labelOf, type TitleSource } from '../catalogue/channel-title.ts';
import { Overtaken } from '../domain/overtaken.ts';

/** Gives the channel that an error names its name for people, since the stream only knows the provider's name. */
export function titledError(source: TitleSource, error: unknown): unknown {
  if (!(error instanceof Overtaken)) return error;
  const { by, wanted } = error;
  return new Overtaken(by, wanted, { label: labelOf(source, wanted), cause: error });
}
