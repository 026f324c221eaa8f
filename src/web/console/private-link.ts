import { api } from '../common/api.ts';
import type { ChannelId } from '../common/contract/channels.ts';
import { toastError } from '../common/failure.ts';
import { clockTime } from '../common/format.ts';
import { locale, texts } from '../common/language.ts';
import { toast } from '../common/toasts.tsx';

/** Makes a private link to a channel, copies it, and shows until when it works. */
export async function copyLink(channel: { readonly id: ChannelId; readonly name: string }): Promise<void> {
  try {
    const { url, expires_at: expiresAt } = await api.link(channel.id);
    const until = clockTime(expiresAt, locale.value);
    try {
      await navigator.clipboard.writeText(url);
      toast('good', texts.value.linkCopied(channel.name, until));
    } catch {
      // pages loaded over plain HTTP have no clipboard API: the toast shows the link to be copied by hand
      toast('bad', texts.value.linkReady(until, url));
    }
  } catch (error) {
    toastError(error);
  }
}
