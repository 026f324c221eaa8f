import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ATTEMPT_LIFETIME } from '../../access/discord-login.ts';
import { AppError } from '../../domain/errors.ts';
import { messagesIn } from '../../words/messages-in.ts';
import { sentence } from '../../words/sentence.ts';
import type { HttpContext } from '../context.ts';
import { languageOf } from '../language.ts';
import { homeOf, letIn } from '../let-in.ts';
import { attemptCookie, setAttemptCookie } from '../plugins/cookies.ts';
import { sendSmallPage } from '../small-page.ts';

/** "Log in with Discord": one address that redirects the browser to Discord and receives it afterwards. */
export function discordLoginRoutes(
  context: Pick<HttpContext, 'firstStart' | 'sessions' | 'visitors' | 'discordLogin' | 'language'>,
): FastifyPluginAsyncZod {
  const { sessions } = context;

  return async (app) => {
    app.get(
      '/login/discord',
      {
        schema: {
          tags: ['session'],
          summary: 'Logs in with Discord: leads there, and takes who comes back',
          querystring: z.object({
            code: z.string().max(500).optional(),
            state: z.string().max(500).optional(),
            error: z.string().max(500).optional(),
          }),
        },
        config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
      },
      async (request, reply) => {
        const { code, state, error } = request.query;
        const { discordLogin } = context;
        if (!discordLogin) throw new AppError('discord_login_off');
        if (code === undefined && error === undefined) {
          const { attempt, address } = discordLogin.begin();
          setAttemptCookie(request, reply, attempt, ATTEMPT_LIFETIME);
          return reply.header('cache-control', 'no-store').redirect(address);
        }
        setAttemptCookie(request, reply, '', 0);
        try {
          const actor = await discordLogin.finish(attemptCookie(request), state ?? '', code ?? '');
          if (actor.role === null) throw new AppError('not_let_in', { id: actor.id.replace('discord:', '') });
          const visitor = sessions.visitorAs({ ...actor, role: actor.role });
          const entry = sessions.begin(visitor, request.headers['user-agent'] ?? '');
          letIn(request, reply, entry, context);
          const home = homeOf(entry, context.firstStart);
          // A page rather than a redirect, which would count as coming from Discord and carry no strict cookies.
          return sendPage(request, reply, [], 200, home);
        } catch (failure) {
          if (!(failure instanceof AppError)) throw failure;
          const asker = languageOf(request, context.language);
          return sendPage(request, reply, [sentence(asker, failure.code, failure.params)], failure.status);
        }
      },
    );
  };

  /** @param home the page to continue to; without it the page offers to try again. */
  function sendPage(
    request: FastifyRequest,
    reply: FastifyReply,
    lines: readonly string[],
    status: number,
    home?: string,
  ): FastifyReply {
    const asker = languageOf(request, context.language);
    const { logIn, goOn, withDiscord } = messagesIn(asker).web;
    const page = { language: asker, title: logIn, lines };
    return home === undefined
      ? sendSmallPage(reply, { ...page, buttons: [{ label: withDiscord, href: '/login/discord' }] }, status)
      : sendSmallPage(reply, { ...page, buttons: [{ label: goOn, href: home }], goOnTo: home }, status);
  }
}
