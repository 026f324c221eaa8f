import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { roles } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import { addressForOthers } from '../addresses.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { isoTime } from '../iso-time.ts';
import { requireRight, visitorOf } from '../plugins/visitors.ts';
import { bearerOrCookie } from '../security-schemes.ts';

const name = z.string().trim().min(1).max(60).describe('Whom it is for, as others will read it');
const role = z.enum(roles);
const inviteSchema = z
  .object({
    id: z.number(),
    name,
    role,
    made_by: z.string(),
    created_at: z.iso.datetime(),
    expires_at: z.iso.datetime().nullable(),
  })
  .meta({
    id: 'Invite',
    example: {
      id: 14,
      name: 'Ada',
      role: 'viewer',
      made_by: 'console',
      created_at: '2025-12-24T10:00:00.000Z',
      expires_at: '2025-12-31T10:00:00.000Z',
    },
  });
const newLinkSchema = z.object({
  url: z.string().describe('Opens once; this answer alone has it'),
  expires_at: z.iso.datetime(),
});
const linkExample = {
  url: 'https://tv.example.org/login/Jm1vZ3JhbW1hIGRlIGRlbW8',
  expires_at: '2025-12-31T10:00:00.000Z',
};

/** One-time links for people whom no bot knows, and for a person's other devices. */
export function inviteRoutes(
  context: Pick<HttpContext, 'invites' | 'publicUrl' | 'sessions' | 'visitors'>,
): FastifyPluginAsyncZod {
  const { sessions, invites, visitors } = context;
  const onRequest = requireRight(visitors, 'administer');

  return async (app) => {
    app.get(
      '/api/invites',
      {
        onRequest,
        schema: {
          tags: ['people'],
          summary: 'Invitations that nobody has used yet, without what opens',
          security: bearerOrCookie,
          response: { 200: z.object({ items: z.array(inviteSchema) }), default: errorSchema },
        },
      },
      async (_request, reply) => {
        void reply.header('cache-control', 'no-store');
        return {
          items: invites.list().map((invite) => ({
            id: invite.id,
            name: invite.personName,
            role: invite.role,
            made_by: invite.label,
            created_at: isoTime(invite.createdAt),
            expires_at: isoTime(invite.expiresAt),
          })),
        };
      },
    );

    app.post(
      '/api/invites',
      {
        onRequest,
        schema: {
          tags: ['people'],
          summary: 'Invite somebody: a link that opens once, within a week',
          security: bearerOrCookie,
          body: z.object({ name, role }).meta({ example: { name: 'Ada', role: 'viewer' } }),
          response: {
            201: newLinkSchema.extend({ id: z.number() }).meta({ example: { id: 14, ...linkExample } }),
            default: errorSchema,
          },
        },
      },
      async (request, reply) => {
        const { name: invited, role: given } = request.body;
        const { id, token, expiresAt } = invites.issue(invited, given, visitorOf(request));
        void reply.header('cache-control', 'no-store');
        return reply.code(201).send({
          id,
          url: `${addressForOthers(request, context.publicUrl)}/login/${token}`,
          expires_at: isoTime(expiresAt),
        });
      },
    );

    app.delete(
      '/api/invites/:id',
      {
        onRequest,
        schema: {
          tags: ['people'],
          summary: 'Take an invitation back that nobody has used yet',
          security: bearerOrCookie,
          params: z.object({ id: z.coerce.number().int().meta({ example: 14 }) }),
          response: { 204: z.null(), default: errorSchema },
        },
      },
      async (request, reply) => {
        if (!invites.revoke(request.params.id, visitorOf(request))) throw new AppError('not_found');
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/api/sessions/link',
      {
        onRequest: requireRight(visitors, 'own'),
        schema: {
          tags: ['session'],
          summary: 'Log in on another device: a link that opens once, within ten minutes',
          security: bearerOrCookie,
          response: { 201: newLinkSchema.meta({ example: linkExample }), default: errorSchema },
        },
      },
      async (request, reply) => {
        const { token, expiresAt } = sessions.issueLinkTo(visitorOf(request));
        void reply.header('cache-control', 'no-store');
        return reply.code(201).send({
          url: `${addressForOthers(request, context.publicUrl)}/login/${token}`,
          expires_at: isoTime(expiresAt),
        });
      },
    );
  };
}
