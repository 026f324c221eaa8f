import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { NewSession } from '../../access/sessions-and-login-links.ts';
import { owner } from '../../access/visitor.ts';
import { AppError } from '../../domain/errors.ts';
import { messagesIn } from '../../words/messages-in.ts';
import type { HttpContext } from '../context.ts';
import { languageOf } from '../language.ts';
import { homeOf, letIn } from '../let-in.ts';
import { type ProblemPageContext, sendProblemPage } from '../problem-page.ts';
import { sendSmallPage } from '../small-page.ts';

const rateLimit = { max: 20, timeWindow: '1 minute' };
const schema = {
  tags: ['session'],
  params: z.object({ token: z.string().max(100).meta({ example: 'Jm1vZ3JhbW1hIGRlIGRlbW8' }) }),
};

type LoginRoutesContext = ProblemPageContext & Pick<HttpContext, 'firstStart' | 'sessions' | 'visitors'>;

/**
 * One-time links. The address shows a page whose button uses the link up, since chat apps and mail scanners fetch addresses
 * before people do.
 */
export function loginRoutes(context: LoginRoutesContext): FastifyPluginAsyncZod {
  const { sessions } = context;

  const spent = (request: FastifyRequest, reply: FastifyReply) =>
    sendProblemPage(request, reply, new AppError('login_link_spent'), context);

  return async (app) => {
    // The body of a form without fields.
    app.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1024 },
      (_request, _body, done) => done(null, undefined),
    );

    app.get(
      '/login/:token',
      {
        schema: { ...schema, summary: 'Where a one-time link leads: a page with one button' },
        config: { rateLimit },
      },
      async (request, reply) => {
        const visitor = sessions.peek(request.params.token);
        if (!visitor) return spent(request, reply);
        const asker = languageOf(request, context.language);
        const messages = messagesIn(asker).web;
        return sendSmallPage(reply, {
          language: asker,
          title: messages.logIn,
          lines: [
            visitor.id === owner.id
              ? messages.logInAsOwner
              : messages.logInAs(visitor.name, messages.roles[visitor.role]),
          ],
          buttons: [{ label: messages.logIn }],
        });
      },
    );

    app.post(
      '/login/:token',
      {
        schema: { ...schema, summary: 'Uses a one-time link up: a session, and on to the console or /watch' },
        config: { rateLimit },
      },
      async (request, reply) => {
        let entry: NewSession;
        try {
          entry = sessions.logIn(request.params.token, request.headers['user-agent'] ?? '');
        } catch {
          return spent(request, reply);
        }
        letIn(request, reply, entry, context);
        return reply.redirect(homeOf(entry, context.firstStart), 303);
      },
    );
  };
}
