import { type LoginLinkContext, makeLoginLink } from '../actions/log-in.ts';
import { rights } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import type { ScreenId } from '../domain/ids.ts';
import type { Command } from './command.ts';
import { privateAnswer } from './private-answer.ts';

interface Context extends LoginLinkContext {
  /** Whether the watch page asks people to log in. */
  readonly isWatchingPersonal: boolean;
  /** A screen's watch page as people reach it; null where PUBLIC_URL does not say. */
  readonly watchUrl: (screen: ScreenId) => string | null;
}

export const watchCommand: Command<Context> = {
  name: 'watch',
  options: [],
  role: rights.look.role,
  isPrivate: true,
  async run({ context, actor, place, screen, messages }) {
    const watchUrl = context.isWatchingPersonal
      ? makeLoginLink(context, actor, 'viewer')
      : context.watchUrl(screen.id);
    if (!watchUrl) throw new AppError('no_public_url');
    return {
      lines: [[messages.watchHere, ' ', { link: watchUrl, label: watchUrl }]],
      buttons: [[{ label: messages.buttons.watch, url: watchUrl }]],
      isPrivate: true,
      ...(context.isWatchingPersonal ? privateAnswer(place, { command: 'watch', values: [] }) : {}),
    };
  },
};
