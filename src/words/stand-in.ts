import type { Language } from '../domain/actor.ts';
import type { StandsInFor } from '../domain/broadcast-status.ts';
import { messagesIn } from './messages-in.ts';

/** "TF1 FHD is gone: TF1 HD", where a variant is on air in place of the chosen channel, or the live picture of a past programme. */
export function standInSentence(
  language: Language,
  code: StandsInFor['code'],
  { was, is }: { readonly was: string; readonly is: string },
): string {
  const { standsIn } = messagesIn(language);
  if (code.startsWith('archive_') && was === is) return standsIn.noArchive(was, is);
  switch (code) {
    case 'channel_black':
      return standsIn.black(was, is);
    case 'channel_frozen':
      return standsIn.frozen(was, is);
    default:
      return standsIn.gone(was, is);
  }
}
