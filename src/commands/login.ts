import { type LoginLinkContext, makeLoginLink } from '../actions/log-in.ts';
import { rights } from '../actions/rights.ts';
import type { Command } from './command.ts';
import { privateAnswer } from './private-answer.ts';

export const loginCommand: Command<LoginLinkContext> = {
  name: 'login',
  options: [],
  role: rights.own.role,
  isPrivate: true,
  async run({ context, actor, place, messages }) {
    const link = makeLoginLink(context, actor, 'admin');
    return {
      lines: [[messages.logInHere, ' ', { link, label: link }]],
      buttons: [[{ label: messages.buttons.logIn, url: link }]],
      isPrivate: true,
      ...privateAnswer(place, { command: 'login', values: [] }),
    };
  },
};
