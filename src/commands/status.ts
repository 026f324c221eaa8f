import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Call, Command } from './command.ts';
import type { CommandContext } from './context.ts';
import type { Button, Line, Reply } from './reply.ts';
import { sentence } from './sentence.ts';

export const statusCommand: Command = {
  name: 'status',
  options: [],
  role: 'viewer',
  isPrivate: false,
  run: async (call) => describeStatus(call.context.broadcast.status, call),
};

/** What is on, as a card: the channel, what it shows, who asked, and the buttons that make sense. */
export function describeStatus(
  status: BroadcastStatus,
  { context, language, phrases }: Pick<Call, 'context' | 'language' | 'phrases'>,
): Reply {
  const { channel, wanted, attempt, reason } = status;
  const lines: Line[] = [];
  if (channel) {
    const state = attempt ? phrases.reconnecting(attempt.number, attempt.of) : phrases.onAir;
    lines.push([attempt ? '↻ ' : '● ', { bold: channel.name }, ` · ${state}`]);
    const { now, next } = context.guide.get(channel.id);
    if (now) lines.push([`${phrases.now}: `, { bold: now.title }]);
    if (next) lines.push([`${phrases.next}: `, { clock: next.start }, ` ${next.title}`]);
    const facts = [phrases.viewers(status.viewers)];
    if (status.askedBy) facts.unshift(phrases.askedBy(status.askedBy.name));
    lines.push([facts.join(' · ')]);
  }
  if (wanted) lines.push([phrases.opening(wanted.name)]);
  if (!channel && reason) lines.push(['✖ ', sentence(language, reason.code, reason.params)]);
  if (lines.length === 0) lines.push([phrases.nothingOn]);
  return { lines, buttons: [cardButtons(status, context, phrases.buttons)], isPrivate: false };
}

function cardButtons(
  status: BroadcastStatus,
  { watchUrl, publicUrl }: Pick<CommandContext, 'watchUrl' | 'publicUrl'>,
  labels: Call['phrases']['buttons'],
): Button[] {
  const buttons: Button[] = [];
  if (status.channel) buttons.push({ label: labels.stop, action: { command: 'stop', values: [] } });
  buttons.push({ label: labels.status, action: { command: 'status', values: [] } });
  if (status.channel && publicUrl)
    buttons.push({ label: labels.vlc, action: { command: 'vlc', values: [`#${status.channel.id}`] } });
  if (watchUrl) buttons.push({ label: labels.watch, url: watchUrl });
  return buttons;
}
