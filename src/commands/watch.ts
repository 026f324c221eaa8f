import { rights } from '../actions/rights.ts';
import { AppError } from '../domain/errors.ts';
import type { Command } from './command.ts';
import { forTheAskerAlone } from './direct.ts';
import { issueLink } from './login.ts';

export const watchCommand: Command = {
  name: 'watch',
  options: [],
  role: rights.look.role,
  isPrivate: true,
  async run({ context, actor, place, messages }) {
    const watchUrl = context.isWatchingPersonal ? issueLink(context, actor, 'viewer') : context.watchUrl;
    if (!watchUrl) throw new AppError('no_public_url');
    return {
      lines: [[messages.watchHere, ' ', { link: watchUrl, label: watchUrl }]],
      buttons: [[{ label: messages.buttons.watch, url: watchUrl }]],
      isPrivate: true,
      ...(context.isWatchingPersonal ? forTheAskerAlone(place, { command: 'watch', values: [] }) : {}),
    };
  },
};
