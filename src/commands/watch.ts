import { AppError } from '../domain/errors.ts';
import type { Command } from './command.ts';

export const watchCommand: Command = {
  name: 'watch',
  options: [],
  role: 'viewer',
  isPrivate: true,
  async run({ context, phrases }) {
    const { watchUrl } = context;
    if (!watchUrl) throw new AppError('no_public_url');
    return {
      lines: [[phrases.watchHere, ' ', { link: watchUrl, label: watchUrl }]],
      buttons: [[{ label: phrases.buttons.watch, url: watchUrl }]],
      isPrivate: true,
    };
  },
};
