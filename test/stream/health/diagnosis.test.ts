import { describe, expect, it } from 'vitest';
import { Diagnosis, type Symptom } from '../../../src/stream/health/diagnosis.ts';
import { again, plain, scene } from './pictures.ts';

/** State of a channel at one second. */
interface Moment {
  readonly picture: Uint8Array;
  /** Bytes of a coded picture; few for an unchanged one, unless the encoder pads it. */
  readonly size: number;
  readonly isSilent?: boolean;
  readonly errors?: number;
  /** Share of packets that came damaged. */
  readonly loss?: number;
}

const film = (at: number): Moment => ({ picture: scene(at), size: 20_000 });
const talk = (at: number): Moment => ({ picture: scene(at), size: 300 });
const black = (): Moment => ({ picture: plain(1), size: 120 });
const still = (): Moment => ({ picture: scene(5), size: 150 });
const silent = (moment: Moment): Moment => ({ ...moment, isSilent: true });
/** From an encoder with a constant bit rate. */
const filled = (moment: Moment): Moment => ({ ...moment, size: 20_000 });

const SEGMENT = 4;
const LOOK_AT = 10;
const KEYFRAMES_EVERY = 2;

/** Diagnoses a channel for some seconds; returns the reports, when it turned bad, and the number of probes. */
function watch(seconds: number, channel: (second: number) => Moment) {
  const diagnosis = new Diagnosis(0);
  const reports: { at: number; kind: Symptom['kind'] | null; since: number | null }[] = [];
  let probes = 0;
  let badAt: number | null = null;
  for (let at = SEGMENT; at <= seconds; at += SEGMENT) {
    const now = at * 1_000;
    const { size, isSilent, loss = 0 } = channel(at - 1);
    diagnosis.segment({ picture: size, sound: isSilent ? 600 : 16_000 }, SEGMENT * 1_000, now);
    diagnosis.packets(10_000, 10_000 * loss, now);
    if (diagnosis.isProbeDue(now)) {
      probes++;
      const from = Math.max(0, at - LOOK_AT);
      const moments = Array.from({ length: (at - from) / KEYFRAMES_EVERY }, (_, index) =>
        channel(from + index * KEYFRAMES_EVERY),
      );
      diagnosis.takeProbe(
        {
          pictures: moments.map(({ picture }, index) => (index % 2 === 0 ? picture : again(picture))),
          loudness: moments.every((moment) => moment.isSilent) ? -91 : -24,
          errors: moments.reduce((sum, { errors = 0 }) => sum + errors, 0),
        },
        (at - from) * 1_000,
        now,
      );
    }
    const trouble = diagnosis.trouble(now);
    const kind = trouble?.kind ?? null;
    if (kind !== (reports.at(-1)?.kind ?? null))
      reports.push({ at, kind, since: trouble && Math.round(trouble.since / 1_000) });
    if (diagnosis.failoverKind(now)) badAt ??= at;
  }
  return { reports, probes, badAt };
}

describe('Diagnosis', () => {
  it.each<[what: string, channel: (second: number) => Moment]>([
    ['a film', film],
    ['talking heads, whose pictures hardly change', talk],
    ['a film with a black scene of fifteen seconds', (at) => (at > 100 && at < 115 ? black() : film(at))],
    ['a film that ends with a still of thirty seconds', (at) => (at > 100 && at < 130 ? still() : film(at))],
    ['a night scene', (at) => (at > 60 ? { picture: scene(at, 0.1), size: 400 } : film(at))],
    ['a radio channel with a still picture', () => still()],
    ['a radio channel with a still picture at a constant rate', () => filled(still())],
    ['a radio channel with a black picture', () => black()],
    [
      'slides, another one every fifteen seconds',
      (at) => ({ ...still(), picture: scene(Math.floor(at / 15)) }),
    ],
    ['a quiet minute', (at) => (at > 100 && at < 150 ? silent(film(at)) : film(at))],
    ['a channel that never had any sound', (at) => silent(film(at))],
    ['a decoder that always complains', (at) => ({ ...film(at), errors: 2 })],
    ['a bad moment of reception', (at) => ({ ...film(at), loss: at === 103 ? 0.05 : 0.0001 })],
  ])('reports nothing for %s', (_what, channel) => {
    expect(watch(900, channel)).toMatchObject({ reports: [], badAt: null });
  });

  it('reports a picture that stays black after it has moved within half a minute', () => {
    const { reports, badAt } = watch(300, (at) => (at >= 100 ? black() : film(at)));
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ kind: 'black', since: expect.closeTo(100, -1) });
    expect(reports[0]?.at).toBeGreaterThan(119);
    expect(reports[0]?.at).toBeLessThan(132);
    expect(badAt).toBeGreaterThan(159);
    expect(badAt).toBeLessThan(176);
  });

  it('calls for another variant sooner if a black channel is silent too, even from the start', () => {
    const late = watch(300, (at) => (at >= 100 ? silent(black()) : film(at)));
    expect(late.badAt).toBeLessThan(145);
    const dead = watch(300, () => silent(black()));
    expect(dead.reports[0]).toMatchObject({ kind: 'black' });
    expect(dead.badAt).toBeLessThan(60);
  });

  it('reports a frozen picture later than a black one, and waits much longer with failover while there is sound', () => {
    const { reports, badAt } = watch(400, (at) => (at >= 100 ? still() : film(at)));
    expect(reports[0]).toMatchObject({ kind: 'frozen', since: expect.closeTo(100, -1) });
    expect(reports[0]?.at).toBeGreaterThan(139);
    expect(reports[0]?.at).toBeLessThan(160);
    expect(badAt).toBeGreaterThan(249);
    expect(watch(400, (at) => (at >= 100 ? silent(still()) : film(at))).badAt).toBeLessThan(180);
  });

  it('ends the report as soon as the picture is back', () => {
    const { reports } = watch(300, (at) => (at >= 100 && at < 160 ? black() : film(at)));
    expect(reports.map(({ kind }) => kind)).toEqual(['black', null]);
    expect(reports[1]?.at).toBeLessThan(168);
  });

  it('finds a black picture later if the encoder pads it to full size', () => {
    const { reports } = watch(900, (at) => (at >= 100 ? filled(black()) : film(at)));
    expect(reports.map(({ kind }) => kind)).toEqual(['black']);
    expect(reports[0]?.at).toBeLessThan(400);
    const over = watch(900, (at) => (at >= 100 && at < 500 ? filled(black()) : film(at)));
    expect(over.reports.map(({ kind }) => kind)).toEqual(['black', null]);
  });

  it('reports silence after sound, and never calls for another variant because of it', () => {
    const { reports, badAt } = watch(600, (at) => (at >= 100 ? silent(film(at)) : film(at)));
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ kind: 'silent', since: expect.closeTo(100, -1) });
    expect(reports[0]?.at).toBeLessThan(180);
    expect(badAt).toBeNull();
  });

  it('reports lasting damage by lost packets or by decoder errors', () => {
    const lost = watch(300, (at) => ({ ...film(at), loss: at >= 100 && at < 200 ? 0.02 : 0 }));
    expect(lost.reports.map(({ kind }) => kind)).toEqual(['damaged', null]);
    expect(lost.reports[0]?.at).toBeLessThan(120);
    expect(lost.badAt).toBeNull();
    const rubble = watch(900, (at) => ({ ...film(at), errors: at >= 100 && at < 500 ? 20 : 0 }));
    expect(rubble.reports.map(({ kind }) => kind)).toEqual(['damaged', null]);
  });

  it('asks for few probes while the channel is well or a sign proves wrong', () => {
    expect(watch(3_600, film).probes).toBeLessThan(15);
    expect(watch(3_600, talk).probes).toBeLessThan(25);
    expect(watch(3_600, (at) => ({ ...film(at), isSilent: at > 100 })).probes).toBeLessThan(80);
    expect(watch(3_600, () => filled(still())).probes).toBeLessThan(60);
  });
});
