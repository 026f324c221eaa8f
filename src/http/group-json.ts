import { z } from 'zod';
import { parseName } from '../catalogue/names/parse-name.ts';
import type { ChannelGroup } from '../catalogue/variants.ts';

const variantSchema = z.object({
  id: z.number(),
  name: z.string().describe('As the provider writes it'),
  quality: z.enum(['SD', 'HD', 'FHD', 'UHD']).nullable(),
  codec: z.string().nullable(),
  kind: z.string().describe('plain, backup, raw …'),
});

/** A channel as people know it, as the API and the pages read it. */
export const groupSchema = z
  .object({
    id: z.number().describe('Of the best variant'),
    guide_id: z.number().describe('Of the variant whose guide is most likely to exist'),
    number: z.number().nullable(),
    name: z.string().describe('For people: without country and quality, unless they tell it from another'),
    logo: z.string().nullable(),
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
      variants: [
        { id: 123456, name: 'FR| TF1 FHD', quality: 'FHD', codec: null, kind: 'plain' },
        { id: 123460, name: 'FR| TF1 UHD HEVC', quality: 'UHD', codec: 'HEVC', kind: 'plain' },
      ],
    },
  });

export function toGroupJson({ label, variants }: ChannelGroup): z.infer<typeof groupSchema> {
  const [{ id, number }] = variants;
  const logo = variants.find((variant) => variant.logo !== null);
  return {
    id,
    guide_id: variants.find(({ epgId }) => epgId !== null)?.id ?? id,
    number,
    name: label,
    logo: logo ? `/api/logo/${logo.id}` : null,
    variants: variants.map(({ id, name }) => {
      const { quality, codec, kind } = parseName(name);
      return { id, name, quality, codec, kind };
    }),
  };
}
