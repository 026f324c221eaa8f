import { type MakeClipContext, makeClip } from '../actions/make-clip.ts';
import { rights } from '../actions/rights.ts';
import type { Clip, Clips } from '../recordings/clips/clips.ts';
import type { Command } from './command.ts';
import { screenOption } from './named-screen.ts';
import type { Button } from './reply.ts';
import { readClipSpan } from './typed/clip-span.ts';

interface Context extends MakeClipContext {
  readonly clips: Pick<Clips, 'make' | 'fit'>;
  /** The server's own address as others reach it; null where PUBLIC_URL does not say. */
  readonly publicUrl: string | null;
}

/** The last seconds of a screen as a video in the chat. */
export const clipCommand: Command<Context> = {
  name: 'clip',
  options: [{ name: 'seconds', isRequired: false, suggests: false }, screenOption],
  role: rights.clip.role,
  isPrivate: false,
  async run({ context, actor, screen, values, messages, language, show }) {
    const span = readClipSpan(values[0] ?? '', screen.past.edge);
    show({ lines: [[messages.cuttingClip]], isPrivate: false });
    const clip = await makeClip(context, actor, screen, span, language);
    const { publicUrl } = context;
    const url = publicUrl && `${publicUrl}/clips/${clip.token}`;
    const seconds = Math.round((clip.to - clip.from) / 1000);
    const watch: Button[] = url ? [{ label: messages.buttons.watchClip, url }] : [];
    return {
      lines: [['🎬 ', { bold: clip.title }, ` · ${messages.clipOf(seconds)}`]],
      buttons: [watch],
      isPrivate: false,
      video: videoOf(clip, context),
    };
  },
};

function videoOf(clip: Clip, { clips }: Pick<Context, 'clips'>) {
  return { name: `${clip.token}.mp4`, upTo: (size: number) => clips.fit(clip, size) };
}
