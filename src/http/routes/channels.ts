import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Channel } from '../../domain/channel.ts';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { requireViewer } from '../plugins/visitors.ts';

const channelSchema = z
  .object({
    id: z.number(),
    number: z.number().nullable(),
    name: z.string(),
    category_id: z.string().nullable(),
    logo: z.string().nullable().describe('Address of its logo, here'),
  })
  .meta({
    id: 'Channel',
    example: { id: 123456, number: 1, name: 'TF1 HD', category_id: '3', logo: '/api/logo/123456' },
  });

const LARGEST_PAGE = 200;

/** The catalogue. */
export function channelRoutes(context: HttpContext): FastifyPluginAsyncZod {
  const { catalogue, logos } = context;
  const onRequest = requireViewer(context);

  return async (app) => {
    app.get(
      '/api/channels',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Channels, searched and by page',
          querystring: z.object({
            q: z.string().max(200).default('').describe('A name, in any spelling, or a number'),
            category: z.string().optional(),
            page: z.coerce.number().int().min(1).default(1),
            page_size: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
          }),
          response: {
            200: z.object({
              items: z.array(channelSchema),
              total: z.number(),
              page: z.number(),
              pages: z.number(),
            }),
            default: errorSchema,
          },
        },
      },
      async ({ query: { q, category, page, page_size: size } }) => {
        const { items, total } = catalogue.search(q, {
          ...(category ? { category } : {}),
          limit: size,
          offset: (page - 1) * size,
        });
        return { items: items.map(toJson), total, page, pages: Math.max(1, Math.ceil(total / size)) };
      },
    );

    app.get(
      '/api/categories',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Categories, with how many channels each has',
          response: {
            200: z.object({
              items: z.array(
                z
                  .object({ id: z.string(), name: z.string(), count: z.number() })
                  .meta({ example: { id: '3', name: 'France', count: 214 } }),
              ),
            }),
          },
        },
      },
      async () => {
        const { categories, countByCategory } = catalogue.snapshot();
        return {
          items: categories.map(({ id, name }) => ({ id, name, count: countByCategory.get(id) ?? 0 })),
        };
      },
    );

    app.get(
      '/api/logo/:id',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'A channel’s logo',
          params: z.object({ id: z.coerce.number().int() }),
        },
      },
      async (request, reply) => {
        const channel = catalogue.snapshot().byId.get(request.params.id);
        if (!channel) throw new AppError('not_found');
        const { contentType, bytes } = await logos.get(channel);
        return reply
          .headers({
            'content-type': contentType,
            'cache-control': 'public, max-age=86400',
            'x-content-type-options': 'nosniff',
            // An SVG opened by itself would be a page of ours: let it do nothing.
            'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
          })
          .send(bytes);
      },
    );
  };
}

function toJson({ id, number, name, categoryId, logo }: Channel): z.infer<typeof channelSchema> {
  return { id, number, name, category_id: categoryId, logo: logo === null ? null : `/api/logo/${id}` };
}
