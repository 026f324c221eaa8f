import { api } from '../common/api.ts';
import { clockTime } from '../common/format.ts';
import { locale, texts } from '../common/language.ts';
import { tell } from './failure.ts';
import { toast } from './toasts.tsx';

/** Makes a link to a channel for one's own player, copies it, and says how long it lasts. */
export async function copyLink(channel: { readonly id: number; readonly name: string }): Promise<void> {
  try {
    const { url, expires_at: expiresAt } = await api.link(channel.id);
    const until = clockTime(expiresAt, locale.value);
    try {
      await navigator.clipboard.writeText(url);
      toast('good', texts.value.linkCopied(channel.name, until));
    } catch {
      // A page that came by plain http has no clipboard: it is there to be selected.
      toast('bad', texts.value.linkReady(until, url));
    }
  } catch (error) {
    tell(error);
  }
}
