import { z } from 'zod';
import { parseName } from '../catalogue/names/parse-name.ts';
import type { ChannelGroup } from '../catalogue/variants.ts';
import { accountOf, type ChannelId, type OwnAccount, toApiChannelId } from '../domain/ids.ts';
import { apiChannelId } from './channel-ids.ts';

const variantSchema = z.object({
  id: apiChannelId,
  account: z.string().describe('The account that has it: main, x2, m1 …'),
  name: z.string().describe('As the provider writes it'),
  quality: z.enum(['SD', 'HD', 'FHD', 'UHD']).nullable(),
  codec: z.string().nullable(),
  kind: z.string().describe('plain, backup, raw …'),
});

/** A channel as people know it, as the API and the pages read it. */
export const groupSchema = z
  .object({
    id: apiChannelId.describe('Of the best variant'),
    guide_id: apiChannelId.describe('Of the variant whose guide is most likely to exist'),
    number: z.number().nullable(),
    name: z.string().describe('For people: without country and quality, unless they tell it from another'),
    logo: z.string().nullable(),
    archive_days: z
      .number()
      .describe('For how many days the provider keeps its past, in one of the variants'),
    variants: z.array(variantSchema).describe('Best first'),
  })
  .meta({
    id: 'ChannelGroup',
    example: {
      id: 123456,
      guide_id: 123456,
      number: 1,
      name: 'TF1',
      logo: '/api/logo/123456',
      archive_days: 7,
      variants: [
        { id: 123456, account: 'main', name: 'FR| TF1 FHD', quality: 'FHD', codec: null, kind: 'plain' },
        {
          id: 123460,
          account: 'main',
          name: 'FR| TF1 UHD HEVC',
          quality: 'UHD',
          codec: 'HEVC',
          kind: 'plain',
        },
      ],
    },
  });

/** Where a channel's logo is. */
export function logoPath(id: ChannelId, own: OwnAccount): string {
  return `/api/logo/${encodeURIComponent(toApiChannelId(id, own))}`;
}

export function toGroupJson({ label, variants }: ChannelGroup, own: OwnAccount): z.infer<typeof groupSchema> {
  const [{ id, number }] = variants;
  const logo = variants.find((variant) => variant.logo !== null);
  return {
    id: toApiChannelId(id, own),
    guide_id: toApiChannelId(variants.find(({ epgId }) => epgId !== null)?.id ?? id, own),
    number,
    name: label,
    logo: logo ? logoPath(logo.id, own) : null,
    archive_days: Math.max(...variants.map(({ archiveDays }) => archiveDays)),
    variants: variants.map(({ id: variant, name }) => {
      const { quality, codec, kind } = parseName(name);
      return { id: toApiChannelId(variant, own), account: accountOf(variant), name, quality, codec, kind };
    }),
  };
}
