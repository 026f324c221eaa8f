import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AppError, ErrorCode } from '../domain/errors.ts';
import { messagesIn } from '../words/messages-in.ts';
import { type ProblemPageMessages, problemPageMessagesIn } from '../words/problem-page.ts';
import { sentence } from '../words/sentence.ts';
import type { HttpContext } from './context.ts';
import { languageOf } from './language.ts';
import { type Button, sendSmallPage } from './small-page.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For devices, some of which say that they accept HTML and cannot show any. */
    isForDevices?: boolean;
  }
}

/** What a page about a problem depends on. */
export type ProblemPageContext = Pick<HttpContext, 'machine' | 'discordLogin' | 'language'>;

/** The bot command that gives a new link. */
const commandFor: Partial<Record<ErrorCode, Parameters<ProblemPageMessages['askBot']>[0]>> = {
  login_link_spent: '/login',
  log_in_to_watch: '/watch',
  unauthorised: '/login',
  link_invalid: '/vlc',
};

/** Whether a person reads the answer: browsers ask for pages when they open an address, programs and players do not. */
export function wantsPage({ method, headers, routeOptions }: FastifyRequest): boolean {
  if (routeOptions.config?.isForDevices) return false;
  return (method === 'GET' || method === 'HEAD') && /\btext\/html\b/.test(headers.accept ?? '');
}

/** A page that says what is wrong and what to do about it. */
export function sendProblemPage(
  request: FastifyRequest,
  reply: FastifyReply,
  error: AppError,
  { machine, discordLogin, language }: ProblemPageContext,
): FastifyReply {
  const asker = languageOf(request, language);
  const words = problemPageMessagesIn(asker);
  const { web } = messagesIn(asker);
  const { code, params, status } = error;
  const isWatch = code === 'log_in_to_watch' || code === 'viewer_key_needed';
  const watch: Button = { label: isWatch ? web.tryAgain : web.watch, href: '/watch' };
  const logIn: Button = { label: status === 404 ? words.console : web.logIn, href: '/' };
  const withDiscord: Button[] = discordLogin ? [{ label: web.withDiscord, href: '/login/discord' }] : [];
  const isOver = status === 429 || status >= 500;
  const buttons = (): Button[] => {
    // No page of ours opens by that name.
    if (code === 'unknown_host') return [];
    return isOver ? [{ label: words.again, href: '' }] : [watch, logIn, ...(isWatch ? withDiscord : [])];
  };
  const page = {
    language: asker,
    title: titleOf(error, words),
    lines: [sentence(asker, code, params), ...hints(code, words, hasBot({ machine }))],
    buttons: buttons(),
    // A link in a chat brings no strict cookie along; this page's own way does.
    ...(isWatch && request.headers['sec-fetch-site'] === 'cross-site' ? { goOnTo: '/watch' } : {}),
  };
  return sendSmallPage(reply, page, status);
}

function titleOf({ code, status }: AppError, { titles }: ProblemPageMessages): string {
  if (code === 'login_link_spent' || code === 'link_invalid') return titles.ended;
  if (code === 'unknown_host') return titles.otherName;
  if (status === 401) return titles.logIn;
  if (status === 403) return titles.forbidden;
  if (status === 404) return titles.nothing;
  return status === 429 ? titles.wait : titles.failed;
}

function hints(code: ErrorCode, words: ProblemPageMessages, isBotOn: boolean): string[] {
  const command = commandFor[code];
  if (command === undefined) return [];
  return [isBotOn ? words.askBot(command) : words.askOwner];
}

/** Whether there is a bot to ask for a link. */
export function hasBot({ machine }: Pick<HttpContext, 'machine'>): boolean {
  return Object.values(machine.bots()).some((state) => state !== 'off');
}
