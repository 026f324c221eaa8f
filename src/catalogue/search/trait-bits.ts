import type { NameKind } from '../names/parse-name.ts';
import type { Codec, Quality } from '../names/tags.ts';
import type { VariantTraits } from '../variants.ts';

const qualities: readonly (Quality | null)[] = [null, 'SD', 'HD', 'FHD', 'UHD'];
const codecs: readonly (Codec | null)[] = [null, 'H264', 'HEVC', 'AV1'];
const kinds: readonly NameKind[] = ['plain', 'backup', 'raw', 'plus1', 'timeshift', 'separator'];

/** Packs a variant's traits into one byte: 150,000 objects of three fields would take 5 MB and slow down the garbage collector. */
export function packTraits({ quality, codec, kind }: VariantTraits): number {
  return qualities.indexOf(quality) | (codecs.indexOf(codec) << 3) | (kinds.indexOf(kind) << 5);
}

/** Unpacks the traits from one byte. */
export function unpackTraits(bits: number): VariantTraits {
  return {
    quality: qualities[bits & 7] ?? null,
    codec: codecs[(bits >> 3) & 3] ?? null,
    kind: kinds[bits >> 5] ?? 'plain',
  };
}
