import { describe, expect, it, vi } from 'vitest';
import {
  type RecordTime,
  readUntil,
  recordTimeOfWord,
  timedTexts,
  wordOfRecordTime,
} from '../../../src/commands/typed/record-time.ts';

/** A Monday. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 5, day, hour, minute).getTime();
const now = at(1, 16);
const stretch = (start: number, stop: number): RecordTime => ({ kind: 'stretch', start, stop });
const part = (start: number, stop: number): RecordTime => ({ kind: 'part', start, stop });
const begins = (moment: number): RecordTime => ({ kind: 'at', at: moment });
const evening = part(at(1, 20, 30), at(1, 23, 30));
const nineToEleven = stretch(at(1, 21), at(1, 23));

describe('a time that was typed', () => {
  it.each<[string, string, RecordTime]>([
    ['tf1 21:00-23:00', 'tf1', nineToEleven],
    ['tf1 21h-23h', 'tf1', nineToEleven],
    ['TF1 21H - 23H', 'TF1', nineToEleven],
    ['tf1 21.00–23.00', 'tf1', nineToEleven],
    ['tf1 21h 23h', 'tf1', nineToEleven],
    ['tf1, 21h a 23h', 'tf1', nineToEleven],
    ['tf1 from 9pm to 11pm', 'tf1', nineToEleven],
    ['tf1 from 9 to 11pm', 'tf1', nineToEleven],
    ['tf1 9-11pm', 'tf1', nineToEleven],
    ['entre 21h et 23h tf1', 'tf1', nineToEleven],
    ['between 9pm and 11pm on tf1', 'tf1', nineToEleven],
    ['21:00-23:00', '', nineToEleven],
    ['tf1 de 21h00 à 23h30', 'tf1', stretch(at(1, 21), at(1, 23, 30))],
    ['tf1 21 h 30 - 23 h', 'tf1', stretch(at(1, 21, 30), at(1, 23))],
    ['tf1 23:30 – 1:00', 'tf1', stretch(at(1, 23, 30), at(2, 1))],
    ['tf1 11pm-1am', 'tf1', stretch(at(1, 23), at(2, 1))],
    ['tf1 15h-17h', 'tf1', stretch(at(1, 15), at(1, 17))],
    ['tf1 14h-15h', 'tf1', stretch(at(2, 14), at(2, 15))],
    ['tf1 midi-14h', 'tf1', stretch(at(2, 12), at(2, 14))],
    ['tf1 demain 20h50 - 22h', 'tf1', stretch(at(2, 20, 50), at(2, 22))],
    ['demain de 20h50 à 22h sur tf1', 'tf1', stretch(at(2, 20, 50), at(2, 22))],
    ['tf1 samedi 22h à dimanche 6h', 'tf1', stretch(at(6, 22), at(7, 6))],
    ['tf1 vendredi 5 juin 21h05 - 23h10', 'tf1', stretch(at(5, 21, 5), at(5, 23, 10))],
    ['tf1 12/6 21h-23h', 'tf1', stretch(at(12, 21), at(12, 23))],
    ['tf1 yesterday 8pm-9pm', 'tf1', stretch(at(0, 20), at(0, 21))],
    ['tf1 until 23:00', 'tf1', stretch(now, at(1, 23))],
    ['tf1 jusqu’à 23h', 'tf1', stretch(now, at(1, 23))],
    ["tf1 jusqu'a minuit", 'tf1', stretch(now, at(2, 0))],
    ['until 0:15', '', stretch(now, at(2, 0, 15))],
    ['france 2 for 90 min', 'france 2', stretch(now, at(1, 17, 30))],
    ['france 2 90 min', 'france 2', stretch(now, at(1, 17, 30))],
    ['tf1 1h30', 'tf1', stretch(now, at(1, 17, 30))],
    ['tf1 1 heure et demie', 'tf1', stretch(now, at(1, 17, 30))],
    ['tf1 half an hour', 'tf1', stretch(now, at(1, 16, 30))],
    ['france 2 pendant 2 heures', 'france 2', stretch(now, at(1, 18))],
    ['tf1 dans 10 minutes pendant 1h', 'tf1', stretch(at(1, 16, 10), at(1, 17, 10))],
    ['tf1 21h pendant 1h30', 'tf1', stretch(at(1, 21), at(1, 22, 30))],
    ['tf1 tomorrow at 9pm for 2 hours', 'tf1', stretch(at(2, 21), at(2, 23))],
    ['tf1 tonight until midnight', 'tf1', stretch(at(1, 20, 30), at(2, 0))],
    ['tf1 tonight', 'tf1', evening],
    ['TF1 Ce soir', 'TF1', evening],
    ['ce soir sur tf1', 'tf1', evening],
    ['tf1 toute la soirée', 'tf1', evening],
    ['tf1 all evening', 'tf1', evening],
    ['tf1 samedi soir', 'tf1', part(at(6, 20, 30), at(6, 23, 30))],
    ['tf1 samdi soir', 'tf1', part(at(6, 20, 30), at(6, 23, 30))],
    ['tf1 saturday night', 'tf1', part(at(6, 20, 30), at(6, 23, 30))],
    ['tf1 (21h-23h) svp', 'tf1', nineToEleven],
    ['tf1 21H00/23H00', 'tf1', nineToEleven],
    ['tf1 jusqu a 23h', 'tf1', stretch(now, at(1, 23))],
    ['tf1 dans 3 jours 21h', 'tf1', begins(at(4, 21))],
    ['tf1 demain', 'tf1', part(at(2, 20, 30), at(2, 23, 30))],
    ['tf1 demain matin', 'tf1', part(at(2, 7), at(2, 12))],
    ['tf1 hier soir', 'tf1', part(at(0, 20, 30), at(0, 23, 30))],
    ['france 24 21h', 'france 24', begins(at(1, 21))],
    ['canal+ 20h45', 'canal+', begins(at(1, 20, 45))],
    ['tf1 20h45 film', 'tf1 film', begins(at(1, 20, 45))],
    ['8:30pm tf1', 'tf1', begins(at(1, 20, 30))],
    ['tf1 tonight at 9', 'tf1', begins(at(1, 21))],
    ['tf1 8 heures du soir', 'tf1', begins(at(1, 20))],
    ['tf1 à 1h30', 'tf1', begins(at(2, 1, 30))],
    ['tf1 15h30', 'tf1', begins(at(1, 15, 30))],
    ['tf1 demian 21h', 'tf1', begins(at(2, 21))],
    ['tf1 sat 9pm', 'tf1', begins(at(6, 21))],
    ['tf1 lundi 21h', 'tf1', begins(at(1, 21))],
    ['tf1 lundi 14h', 'tf1', begins(at(8, 14))],
    ['tf1 next monday 9pm', 'tf1', begins(at(8, 21))],
    ['tf1 june 3rd 9pm', 'tf1', begins(at(3, 21))],
    ['tf1 2026-06-03 21:00', 'tf1', begins(at(3, 21))],
    ['tf1 dans 10 minutes', 'tf1', begins(at(1, 16, 10))],
    ['canal 24h 21h-23h', 'canal 24h', nineToEleven],
    ['tf1 now', 'tf1', { kind: 'now' }],
    ['tf1 jusqu’à la fin', 'tf1', { kind: 'now' }],
  ])('%j is read', (typed, text, time) => {
    expect(timedTexts(typed, now)[0]).toEqual({ text, time });
  });

  it.each([
    'tf1',
    'france 24',
    'channel 4',
    'bein 1-2',
    'soir 3',
    'la nuit',
    '',
    `${'tf1 21h '.repeat(99)}tf1`,
  ])('%j has none', (typed) => {
    expect(timedTexts(typed, now)).toEqual([{ text: typed, time: null }]);
  });

  it.each(['tf1 25:00', 'tf1 25:00-26:00', 'tf1 21:75', 'tf1 for 0 min', 'tf1 31/2 20h', 'tf1 13pm'])(
    '%j cannot be',
    (typed) => {
      expect(() => timedTexts(typed, now)).toThrow('record_when');
    },
  );

  it('does not end before it begins, which would be tomorrow', () => {
    expect(() => timedTexts('tf1 21h-20h', now)).toThrow('recording_ends_early');
    expect(timedTexts('tf1 21h-9h', now)[0]?.time).toEqual(stretch(at(1, 21), at(2, 9)));
  });

  it('may be part of a name, so that the whole text is offered last', () => {
    expect(timedTexts('tonight show', now).map(({ text }) => text)).toEqual(['show', 'tonight show']);
  });

  it('is that of the clock where it is put forward', () => {
    vi.stubEnv('TZ', 'Europe/Paris');
    const [found] = timedTexts('tf1 28/3/2027 1h-4h', now);
    expect(found?.time).toEqual(stretch(Date.UTC(2027, 2, 28, 0), Date.UTC(2027, 2, 28, 2)));
    vi.unstubAllEnvs();
  });

  it('is the one that is not over, also over midnight', () => {
    const read = (from: number) => timedTexts('tf1 23h-1h', from)[0]?.time;
    expect(read(at(1, 22))).toEqual(stretch(at(1, 23), at(2, 1)));
    expect(read(at(2, 0, 30))).toEqual(stretch(at(1, 23), at(2, 1)));
    expect(read(at(2, 1, 30))).toEqual(stretch(at(2, 23), at(3, 1)));
  });
});

describe('a time alone', () => {
  it.each<[string, RecordTime]>([
    ['23:00', stretch(now, at(1, 23))],
    ['11 pm', stretch(now, at(1, 23))],
    ['until 23h', stretch(now, at(1, 23))],
    ['21:00-23:00', nineToEleven],
    ['21h00-23h00', nineToEleven],
    ['tonight', evening],
    ['for 90 min', stretch(now, at(1, 17, 30))],
  ])('%j is read', (typed, time) => {
    expect(readUntil(typed, now)).toEqual(time);
  });

  it.each(['later', 'tf1 23:00', '25h'])('%j is none', (typed) => {
    expect(() => readUntil(typed, now)).toThrow('record_when');
  });

  it('is the same out of a button', () => {
    for (const time of [begins(at(1, 21)), nineToEleven, evening, { kind: 'now' } as const]) {
      expect(wordOfRecordTime(time)).not.toContain(':');
      expect(recordTimeOfWord(wordOfRecordTime(time))).toEqual(time);
    }
    for (const word of ['@', '21h-23h', 'tonight', '@x', '@x-']) expect(recordTimeOfWord(word)).toBeNull();
  });
});
