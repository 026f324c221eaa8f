import { describe, expect, it } from 'vitest';
import type { AudioTrack } from '../../../src/domain/audio-track.ts';
import { PACKET_SIZE } from '../../../src/stream/mpeg-ts/packets.ts';
import {
  parseProgramList,
  parseProgramMap,
  renamed,
  writeProgramList,
  writeProgramMap,
} from '../../../src/stream/mpeg-ts/program-map.ts';
import { closeSection, toPackets } from '../../../src/stream/mpeg-ts/psi.ts';
import { SourceSurvey } from '../../../src/stream/normaliser/source-survey.ts';
import { type Layout, StreamLayout } from '../../../src/stream/normaliser/stream-layout.ts';
import { PMT_PID, pat, pmt, type StreamEntry } from '../../fakes/ts-packets.ts';

const H264 = { type: 0x1b };
const AAC = { type: 0x0f, pid: 0x101 };

/** What the survey and the lineup make of a stream in which every PID sends something. */
function layoutOf(...packets: Buffer[]): Layout | null {
  const survey = new SourceSurvey();
  const stream = Buffer.concat(packets);
  for (let at = 0; at < stream.length; at += PACKET_SIZE) survey.look(stream, at);
  const [program] = survey.programs;
  if (!program) return null;
  const lineup = new StreamLayout();
  lineup.update(program, survey);
  for (const place of [lineup.video, ...lineup.audio]) place.isPresent = place.entry !== null;
  return lineup.layout;
}

describe('layout of a PMT', () => {
  it.each<[string, StreamEntry[], Layout]>([
    ['H.264 and AAC', [H264, AAC], { video: 'h264', audio: [track('aac')] }],
    ['HEVC and AAC', [{ type: 0x24 }, AAC], { video: 'hevc', audio: [track('aac')] }],
    ['MPEG-2 and MP2', [{ type: 0x02 }, { type: 0x03, pid: 0x101 }], { video: 'mpeg2', audio: [track()] }],
    ['MPEG-2 audio', [{ type: 0x02 }, { type: 0x04, pid: 0x101 }], { video: 'mpeg2', audio: [track()] }],
    ['MPEG-1', [{ type: 0x01 }], { video: 'mpeg2', audio: [] }],
    ['ATSC AC-3', [H264, { type: 0x81, pid: 0x101 }], { video: 'h264', audio: [track('ac3')] }],
    ['ATSC E-AC-3', [H264, { type: 0x87, pid: 0x101 }], { video: 'h264', audio: [track('eac3')] }],
    ['LATM', [H264, { type: 0x11, pid: 0x101 }], { video: 'h264', audio: [track('latm')] }],
    ['DVB AC-3', [H264, priv([0x6a, 1, 0])], { video: 'h264', audio: [track('ac3')] }],
    ['DVB E-AC-3', [H264, priv([0x7a, 1, 0])], { video: 'h264', audio: [track('eac3')] }],
    [
      'a language before the AC-3',
      [H264, priv([0x0a, 4, 102, 114, 97, 0, 0x6a, 0])],
      { video: 'h264', audio: [track('ac3', { language: 'fr' })] },
    ],
    [
      'registered AC-3',
      [H264, priv([0x05, 4, ...Buffer.from('AC-3')])],
      { video: 'h264', audio: [track('ac3')] },
    ],
    [
      'teletext, which is not audio',
      [H264, priv([0x56, 5, 102, 114, 97, 9, 0])],
      { video: 'h264', audio: [] },
    ],
    ['no audio', [H264], { video: 'h264', audio: [] }],
    ['no video', [AAC], { video: null, audio: [track('aac')] }],
    ['an empty PMT', [], { video: null, audio: [] }],
    ['a codec of another kind', [{ type: 0x42 }], { video: 'other', audio: [] }],
    ['audio before video', [AAC, H264], { video: 'h264', audio: [track('aac')] }],
    ['the first of two videos', [{ type: 0x24 }, { type: 0x1b, pid: 0x102 }], { video: 'hevc', audio: [] }],
  ])('reads %s', (_, streams, expected) => {
    expect(layoutOf(pat(), pmt(streams))).toEqual(expected);
  });

  it('is read across packets and after programme descriptors', () => {
    const map = pmt(
      [H264, AAC],
      PMT_PID,
      Array.from({ length: 200 }, () => 0),
    );
    expect(map.length).toBe(2 * PACKET_SIZE);
    expect(layoutOf(pat(), map)).toEqual({ video: 'h264', audio: [track('aac')] });
  });

  it('requires that the PAT lists the PMT and that the PMT is current', () => {
    expect(layoutOf(pat([0x50]), pmt([H264], 0x60))).toBeNull();
    const announced = closeSection([0x02, 0, 0, 0, 1, 0xc0, 0, 0, 0xe1, 0, 0xf0, 0]);
    expect(layoutOf(pat(), toPackets(PMT_PID, announced, 0))).toBeNull();
    expect(layoutOf(pat([PMT_PID], true), pmt([H264]))).toEqual({ video: 'h264', audio: [] });
  });

  it('is read up to the first wrong length', () => {
    const lie = closeSection([0x02, 0, 0, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xff, 0xff, 0x1b, 0xe1, 0, 0xf0, 0]);
    expect(layoutOf(pat(), toPackets(PMT_PID, lie, 0))).toEqual({ video: null, audio: [] });
    const cut = closeSection([0x02, 0, 0, 0, 1, 0xc1, 0, 0, 0xe1, 0, 0xf0, 0, 0x1b, 0xe1, 0, 0xff, 0xff]);
    expect(layoutOf(pat(), toPackets(PMT_PID, cut, 0))).toEqual({ video: 'h264', audio: [] });
  });

  it('round-trips through writeProgramMap and writeProgramList', () => {
    const map = {
      number: 7,
      clockPid: 0x123,
      streams: [{ type: 0x0f, pid: 0x321, descriptors: Buffer.from(said('fra')) }],
    };
    expect(parseProgramMap(writeProgramMap(map, 3))).toEqual(map);
    expect(parseProgramList(writeProgramList(7, 0x1000, 5))).toEqual({
      ...{ section: 0, lastSection: 0, version: 5 },
      programs: [{ number: 7, mapPid: 0x1000 }],
    });
  });

  it('takes the stream type of the actual content and keeps the language', () => {
    const entry = { type: 0x06, pid: 0x50, descriptors: Buffer.from([...said('fra'), 0x56, 0]) };
    expect(renamed(entry, { kind: 'audio', codec: 'mpeg' }, 0x101)).toEqual({
      ...{ type: 0x03, pid: 0x101, descriptors: Buffer.from(said('fra')) },
    });
    expect(renamed(entry, null, 0x180)).toEqual({ ...entry, pid: 0x180 });
  });
});

describe('audio tracks of a PMT', () => {
  it.each<[string, StreamEntry, Partial<AudioTrack>]>([
    ['reads a language', { type: 0x03, descriptors: said('fra') }, { language: 'fr' }],
    [
      'reads the bibliographic code of a language',
      { type: 0x03, descriptors: said('fre') },
      { language: 'fr' },
    ],
    ['reads a language in capitals', { type: 0x03, descriptors: said('ENG') }, { language: 'en' }],
    [
      'keeps a language that has only a code of three letters',
      { type: 0x03, descriptors: said('gsw') },
      { language: 'gsw' },
    ],
    ['reads the original version', { type: 0x03, descriptors: said('qaa') }, { language: 'qaa' }],
    ['reads "mul" as the original version', { type: 0x03, descriptors: said('mul') }, { language: 'qaa' }],
    ['reads no language from "und"', { type: 0x03, descriptors: said('und') }, {}],
    ['reads no language without letters', { type: 0x03, descriptors: said('\0\0\0') }, {}],
    ['reads no language from a cut descriptor', { type: 0x03, descriptors: [0x0a, 2, 102, 114] }, {}],
    [
      'takes the first of two languages',
      { type: 0x03, descriptors: [0x0a, 8, ...entry('deu'), ...entry('fra')] },
      { language: 'de' },
    ],
    [
      'recognises an audio description by its audio type',
      { type: 0x0f, descriptors: said('fra', 3) },
      { language: 'fr', isDescription: true },
    ],
    [
      'does not take sound for the hearing impaired for an audio description',
      { type: 0x03, descriptors: said('fra', 2) },
      { language: 'fr' },
    ],
    [
      'recognises an audio description by its language code',
      { type: 0x03, descriptors: said('qad') },
      { isDescription: true },
    ],
    [
      'recognises an audio description by its editorial class',
      { type: 0x06, descriptors: [0x7a, 1, 0, ...said('fra'), 0x7f, 2, 0x06, 0b1_00001_0_0] },
      { language: 'fr', isDescription: true },
    ],
    [
      'recognises main sound by its editorial class',
      { type: 0x06, descriptors: [0x7a, 1, 0, ...said('fra'), 0x7f, 2, 0x06, 0b1_00000_0_0] },
      { language: 'fr' },
    ],
  ])('%s', (_, audio, expected) => {
    const layout = layoutOf(pat(), pmt([H264, { ...audio, pid: 0x101 }]));
    expect(layout?.audio).toMatchObject([{ language: null, isDescription: false, ...expected }]);
  });

  it('lists all tracks in the order of the PMT, without subtitles', () => {
    const streams = [
      H264,
      { type: 0x06, pid: 0x110, descriptors: [0x6a, 1, 0, ...said('qaa')] },
      { type: 0x06, pid: 0x111, descriptors: [...said('fra'), 0x59, 8, 102, 114, 97, 0x10, 0, 1, 0, 1] },
      { type: 0x06, pid: 0x112, descriptors: [...said('fra'), 0x56, 5, 102, 114, 97, 9, 0] },
      { type: 0x03, pid: 0x113, descriptors: said('fra') },
    ];
    expect(layoutOf(pat(), pmt(streams))?.audio).toEqual([
      track('ac3', { language: 'qaa' }),
      track('mpeg', { id: 0x102, language: 'fr' }),
    ]);
  });
});

function track(codec: AudioTrack['codec'] = 'mpeg', differences: Partial<AudioTrack> = {}): AudioTrack {
  return { id: 0x101, language: null, isDescription: false, codec, ...differences };
}

/** An ISO 639 language descriptor. */
function said(language: string, type = 0): number[] {
  return [0x0a, 4, ...entry(language, type)];
}

function entry(language: string, type = 0): number[] {
  return [...Buffer.from(language), type];
}

function priv(descriptors: number[]): StreamEntry {
  return { type: 0x06, pid: 0x101, descriptors };
}
