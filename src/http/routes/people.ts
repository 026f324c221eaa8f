import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { decideStanding, type StandingContext } from '../../actions/decide-standing.ts';
import { roles } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const standing = z.enum([...roles, 'denied']);
const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    standing: standing.nullable().describe('As an admin has decided; null: as the settings say'),
    seen_at: z.iso.datetime(),
  })
  .meta({
    id: 'Person',
    example: { id: 'web:Xb3kQ9aLr0Zd', name: 'Ada', standing: 'viewer', seen_at: '2025-12-24T10:00:00.000Z' },
  });

type PeopleRoutesContext = StandingContext & Pick<HttpContext, 'people' | 'visitors'>;

/** Everybody who has ever come, and what an admin has decided about them. */
export function peopleRoutes(context: PeopleRoutesContext): FastifyPluginAsyncZod {
  const { people, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');

  return async (app) => {
    app.get(
      '/api/people',
      {
        onRequest,
        schema: {
          tags: ['people'],
          summary: 'Those who have ever come or were invited, most lately seen first',
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(personSchema) }), default: errorSchema },
        },
      },
      async (_request, reply) => {
        void reply.header('cache-control', 'no-store');
        // Tokens are listed by /api/tokens.
        const items = people.all().filter(({ id }) => !id.startsWith('token:'));
        return {
          items: items.map(({ seenAt, id, name, standing: decided }) => ({
            id,
            name,
            standing: decided,
            seen_at: isoTime(seenAt),
          })),
        };
      },
    );

    app.put(
      '/api/people/:id',
      {
        onRequest,
        schema: {
          tags: ['people'],
          summary: 'Let somebody in with a role, or shut them out, at once',
          security: bearerOrCookie,
          params: z.object({ id: z.string().max(100).meta({ example: 'web:Xb3kQ9aLr0Zd' }) }),
          body: z.object({ standing }).meta({ example: { standing: 'denied' } }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        const person = people.find(request.params.id);
        if (!person) throw new AppError('not_found');
        decideStanding(context, visitorOf(request), person, request.body.standing);
        return reply.code(204).send(null);
      },
    );
  };
}
