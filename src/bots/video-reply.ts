import type { Reply } from '../commands/reply.ts';
import type { Language } from '../domain/actor.ts';
import { messagesIn } from '../words/messages-in.ts';

/** The answer while its video is on the way. */
export function beforeVideo(reply: Reply, language: Language): Reply {
  return { ...reply, lines: [...reply.lines, [messagesIn(language).sendingVideo]] };
}

/** The answer whose video cannot be sent: its link stands for the video, or a sentence says why there is none. */
export function withoutVideo(answer: Reply, why: 'too_large' | 'refused', language: Language): Reply {
  const { video: _, ...reply } = answer;
  const hasLink = reply.buttons?.flat().some((button) => 'url' in button) ?? false;
  return hasLink ? reply : { ...reply, lines: [...reply.lines, [messagesIn(language).noVideo[why]]] };
}
