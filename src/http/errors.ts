import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../domain/actor.ts';
import { AppError, toAppError } from '../domain/errors.ts';
import { requestProblem } from '../words/request-problem.ts';
import { sentence } from '../words/sentence.ts';
import type { HttpContext } from './context.ts';
import { detailsOf } from './error-schema.ts';
import { fieldProblems } from './field-problems.ts';
import { languageOf } from './language.ts';
import { dataHeaders } from './plugins/security-headers.ts';
import { type ProblemPageContext, sendProblemPage, wantsPage } from './problem-page.ts';

/** What an error answer depends on. */
export type ErrorContext = ProblemPageContext & Pick<HttpContext, 'ownAccount'>;

/** The one place where errors become answers: a page for people, JSON for programs, never a library's own words. */
export function registerErrors(
  app: FastifyInstance,
  context: ErrorContext & Pick<HttpContext, 'logger'>,
): void {
  const { logger } = context;
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    const known = explain(error, languageOf(request, context.language));
    const facts = { code: known.code, route: request.routeOptions.url, err: error };
    if (known.code === 'internal') logger.error({ ...facts, ref: known.params.ref }, 'request failed');
    else if (known.status >= 500) logger.warn(facts, sentence('en', known.code, known.params));
    return sendError(request, reply, known, context);
  });
  app.setNotFoundHandler((request, reply) => sendError(request, reply, new AppError('not_found'), context));
}

export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  error: AppError,
  context: ErrorContext,
): FastifyReply {
  if (wantsPage(request)) return sendProblemPage(request, reply, error, context);
  const language = languageOf(request, context.language);
  const message = sentence(language, error.code, error.params);
  return reply
    .code(error.status)
    .headers({
      ...dataHeaders,
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      vary: 'accept',
    })
    .send({ error: { code: error.code, message, ...detailsOf(error, context.ownAccount, language) } });
}

function explain(error: FastifyError | AppError, language: Language): AppError {
  if (error instanceof AppError) return error;
  if (error.statusCode === 429) return new AppError('rate_limited');
  const problems = fieldProblems(error);
  return problems
    ? new AppError('bad_request', { detail: requestProblem(language, problems) })
    : toAppError(error);
}
