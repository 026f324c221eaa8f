import { setImmediate } from 'node:timers/promises';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { neighbours } from '../../catalogue/neighbours.ts';
import type { CatalogueSnapshot } from '../../catalogue/snapshot.ts';
import type { ChannelGroup } from '../../catalogue/variants.ts';
import type { Channel } from '../../domain/channel.ts';
import { AppError } from '../../domain/errors.ts';
import { type OwnAccount, toApiChannelId } from '../../domain/ids.ts';
import { sendPicture } from '../../outputs/send-picture.ts';
import { apiChannelId, channelIdInAddress } from '../channel-ids.ts';
import type { HttpContext } from '../context.ts';
import { errorSchema } from '../error-schema.ts';
import { groupSchema, logoPath, toGroupJson } from '../group-json.ts';
import { findVisitor, requireViewer } from '../plugins/visitors.ts';

const channelSchema = z
  .object({
    id: apiChannelId,
    number: z.number().nullable(),
    name: z.string(),
    category_id: z.string().nullable(),
    logo: z.string().nullable().describe('Address of its logo, here'),
    archive_days: z.number().describe('For how many days the provider keeps its past; 0 for not at all'),
  })
  .meta({
    id: 'Channel',
    example: {
      id: 123456,
      number: 1,
      name: 'TF1 HD',
      category_id: '3',
      logo: '/api/logo/123456',
      archive_days: 7,
    },
  });

const LARGEST_PAGE = 200;
const listQuery = z.object({
  q: z.string().max(200).default('').describe('A name, in any spelling, or a number'),
  category: z.string().optional(),
  page: z.coerce.number().int().min(1).default(1),
  page_size: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
});

type ChannelRoutesContext = Pick<
  HttpContext,
  'catalogue' | 'favourites' | 'gate' | 'guide' | 'logos' | 'ownAccount' | 'visitors'
>;

/** The catalogue. */
export function channelRoutes(context: ChannelRoutesContext): FastifyPluginAsyncZod {
  const { catalogue, guide, logos, ownAccount, visitors } = context;
  const toGroup = (group: ChannelGroup) => toGroupJson(group, ownAccount);
  const onNow = (text: string) => guide.onNow(text);
  const onRequest = requireViewer(context);

  return async (app) => {
    app.get(
      '/api/channels',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Channels, searched and by page',
          querystring: listQuery,
          response: { 200: pageOf(channelSchema), default: errorSchema },
        },
      },
      async ({ query }) => {
        const { items, total } = catalogue.search(query.q, optionsOf(query));
        return { items: items.map((channel) => toJson(channel, ownAccount)), ...pageFacts(total, query) };
      },
    );

    app.get(
      '/api/channels/grouped',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Channels with their variants, by name, number, or what is on now',
          querystring: listQuery,
          response: { 200: pageOf(groupSchema), default: errorSchema },
        },
      },
      async ({ query }) => {
        const { items, total } = catalogue.browse(query.q, { ...optionsOf(query), onNow });
        return { items: items.map(toGroup), ...pageFacts(total, query) };
      },
    );

    app.get(
      '/api/categories',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Categories, with how many channels each has, variants counted as one',
          response: {
            200: z.object({
              total: z.number().describe('Channels in the whole list'),
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
        const { categories } = catalogue.snapshot();
        const { total, byCategory } = await count(catalogue);
        return {
          total,
          items: categories.map(({ id, name }) => ({ id, name, count: byCategory.get(id) ?? 0 })),
        };
      },
    );

    app.get(
      '/api/channels/:id/neighbours',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'Where channel up and channel down lead: among your favourites, else in its category',
          params: z.object({ id: channelIdInAddress(ownAccount) }),
          response: {
            200: z.object({ up: groupSchema.nullable(), down: groupSchema.nullable() }),
            default: errorSchema,
          },
        },
      },
      async (request) => {
        const { up, down } = neighbours(context, request.params.id, findVisitor(request, visitors));
        return { up: up && toGroup(up), down: down && toGroup(down) };
      },
    );

    app.get(
      '/api/logo/:id',
      {
        onRequest,
        schema: {
          tags: ['catalogue'],
          summary: 'A channel’s logo',
          params: z.object({ id: channelIdInAddress(ownAccount) }),
        },
      },
      async (request, reply) => {
        const channel = catalogue.snapshot().byId.get(request.params.id);
        if (!channel) throw new AppError('not_found');
        return sendPicture(reply, await logos.get(channel));
      },
    );
  };
}

interface Counts {
  readonly total: number;
  readonly byCategory: ReadonlyMap<string, number>;
}

/** Counts channels by category, once for each list and in slices, since a long list takes a while. */
const counted = new WeakMap<CatalogueSnapshot, Promise<Counts>>();

function count(catalogue: Catalogue): Promise<Counts> {
  const snapshot = catalogue.snapshot();
  const counts = counted.get(snapshot) ?? countAnew(catalogue);
  counted.set(snapshot, counts);
  return counts;
}

async function countAnew(catalogue: Catalogue): Promise<Counts> {
  const byCategory = new Map<string, number>();
  const countIn = (category?: string) =>
    catalogue.browse('', { ...(category === undefined ? {} : { category }), limit: 0, offset: 0 }).total;
  for (const { id } of catalogue.snapshot().categories) {
    byCategory.set(id, countIn(id));
    await setImmediate();
  }
  return { total: countIn(), byCategory };
}

type ListQuery = z.infer<typeof listQuery>;

function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.number(), page: z.number(), pages: z.number() });
}

function optionsOf({ category, page, page_size: size }: ListQuery) {
  return { ...(category ? { category } : {}), limit: size, offset: (page - 1) * size };
}

function pageFacts(total: number, { page, page_size: size }: ListQuery) {
  return { total, page, pages: Math.max(1, Math.ceil(total / size)) };
}

function toJson(
  { id, number, name, categoryId, logo, archiveDays }: Channel,
  own: OwnAccount,
): z.infer<typeof channelSchema> {
  return {
    id: toApiChannelId(id, own),
    number,
    name,
    category_id: categoryId,
    logo: logo === null ? null : logoPath(id, own),
    archive_days: archiveDays,
  };
}
