import { type AudioCodec, type AudioTrack, spokenIn } from '../../domain/audio-track.ts';
import { type Element, elementsIn, numberIn } from './matroska-elements.ts';
import { PLAIN_AAC } from './plain-aac.ts';

/** Elements of a track (RFC 9559, 5.1.4). */
const ID = {
  entry: 0xae,
  type: 0x83,
  codec: 0x86,
  codecPrivate: 0x63a2,
  language: 0x22b59c,
  languageTag: 0x22b59d,
  visualImpaired: 0x55ac,
} as const;
/** The type of tracks of sound. */
const AUDIO = 2;
/** The language of a track that says nothing. */
const UNSAID = 'eng';

const codecs: Readonly<Record<string, AudioCodec>> = {
  A_AAC: 'aac',
  A_AC3: 'ac3',
  A_EAC3: 'eac3',
  'A_MPEG/L1': 'mpeg',
  'A_MPEG/L2': 'mpeg',
  'A_MPEG/L3': 'mpeg',
};

/** The tracks of sound, numbered from 1. @param tracks the element that holds all tracks of a file. */
export function soundIn(bytes: Buffer, { at, size }: Element): AudioTrack[] {
  return elementsIn(bytes, at, at + size)
    .filter(({ id }) => id === ID.entry)
    .map((entry) => elementsIn(bytes, entry.at, entry.at + entry.size))
    .filter((facts) => facts.some((fact) => fact.id === ID.type && numberIn(bytes, fact) === AUDIO))
    .map((facts, index) => {
      const find = (wanted: number) => facts.find(({ id }) => id === wanted);
      const text = (wanted: number) => textIn(bytes, find(wanted));
      const described = find(ID.visualImpaired);
      const spoken = spokenIn(text(ID.languageTag) ?? text(ID.language) ?? UNSAID);
      const codec = codecs[text(ID.codec) ?? ''] ?? 'other';
      const config = find(ID.codecPrivate);
      const isPlain =
        codec === 'aac' && config && config.size >= 2 && bytes.readUInt16BE(config.at) === PLAIN_AAC;
      return {
        id: index + 1,
        language: spoken.language,
        isDescription: spoken.isDescription || (described !== undefined && numberIn(bytes, described) === 1),
        codec: isPlain ? 'aac lc 48000 stereo' : codec,
      };
    });
}

function textIn(bytes: Buffer, element: Element | undefined): string | null {
  return element ? bytes.toString('latin1', element.at, element.at + element.size).replace(/\0+$/, '') : null;
}
