import { describe, expect, it } from 'vitest';
import {
  bitrate,
  clockTime,
  dateAndTime,
  duration,
  exactTime,
  fileSize,
  initials,
  progress,
  relativeTime,
  timeRange,
} from '../../src/web/common/format.ts';

const words = { day: 'j', hour: 'h', minute: 'min', second: 's' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('duration', () => {
  it.each([
    [-5_000, '0 s'],
    [0, '0 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min'],
    [59 * MINUTE, '59 min'],
    [HOUR + 5 * MINUTE, '1 h 05'],
    [23 * HOUR + 59 * MINUTE, '23 h 59'],
    [51 * HOUR, '2 j 3 h'],
  ])('writes %d ms as %s', (milliseconds, expected) => {
    expect(duration(milliseconds, words)).toBe(expected);
  });
});

describe('clockTime', () => {
  it.each([
    ['fr', '20:05', '20:05 – 21:40', '24/12/2025 20:05', '20:05:00'],
    ['en-GB', '20:05', '20:05–21:40', '24/12/2025, 20:05', '20:05:00'],
    ['en-US', '8:05 PM', '8:05 – 9:40 PM', '12/24/25, 8:05 PM', '8:05:00 PM'],
  ])('writes times, spans, dates and seconds as in the locale %s', (locale, ...expected) => {
    const [start, stop, zone] = ['2025-12-24T19:05:00Z', '2025-12-24T20:40:00Z', 'Europe/Paris'];
    const shown = [
      clockTime(start, locale, zone),
      timeRange(start, stop, locale, zone),
      dateAndTime(start, locale, zone),
      exactTime(start, locale, zone),
    ];
    // ICU writes narrow spaces
    expect(shown.map((text) => text.replace(/[\u2009\u202f]/g, ' '))).toEqual(expected);
  });

  it('returns an empty string for an invalid date', () => {
    expect(clockTime('soon', 'fr')).toBe('');
  });
});

describe('bitrate', () => {
  it.each([
    [4_100_000, 'en', '4.1 Mb/s'],
    [4_100_000, 'fr', '4,1 Mb/s'],
    [12_000_000, 'en', '12 Mb/s'],
    [640_400, 'fr', '640 kb/s'],
  ])('writes %d in %s as %s', (bits, language, expected) => {
    expect(bitrate(bits, language)).toBe(expected);
  });
});

describe('fileSize', () => {
  it.each([
    [1_840_000_000, 'en', '1.8 GB'],
    [82_900_000_000, 'fr', '83\u202fGo'],
    [640_400_000, 'en', '640 MB'],
    [240_000, 'en', '0.2 MB'],
    [0, 'en', '0 MB'],
  ])('writes %d in %s as %s', (bytes, language, expected) => {
    expect(fileSize(bytes, language)).toBe(expected);
  });
});

describe('progress', () => {
  const programme = { start: '2025-12-24T20:00:00Z', stop: '2025-12-24T21:00:00Z' };
  it.each([
    ['2025-12-24T19:00:00Z', 0],
    ['2025-12-24T20:15:00Z', 0.25],
    ['2025-12-24T22:00:00Z', 1],
  ])('at %s is %d', (time, expected) => {
    expect(progress(programme, Date.parse(time))).toBe(expected);
  });

  it('is null for invalid times', () => {
    expect(progress({ start: 'x', stop: programme.stop }, 0)).toBeNull();
    expect(progress({ start: programme.stop, stop: programme.start }, 0)).toBeNull();
  });
});

describe('initials', () => {
  it.each([
    ['TF1 HD', 'TF1'],
    ['FR| France 2 FHD', 'F2'],
    ['Canal+ Sport 360', 'CS3'],
    ['arte', 'ART'],
    ['UK: BBC One HD', 'BO'],
    ['Équipe 21', 'É21'],
    ['HD', 'HD'],
    ['***', '**'],
    ['', '?'],
  ])('of %j are %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});

describe('relativeTime', () => {
  const NOW = Date.parse('2025-12-24T10:00:00Z');
  it.each([
    [-20, 'now', 'maintenant'],
    [-5 * 60, '5 minutes ago', 'il y a 5 minutes'],
    [-80 * 60, '80 minutes ago', 'il y a 80 minutes'],
    [-3 * 3_600 - 600, '3 hours ago', 'il y a 3 heures'],
    [24 * 3_600 - 1, 'in 24 hours', 'dans 24 heures'],
    [-40 * 3_600, '2 days ago', 'avant-hier'],
    [30 * 86_400, 'in 30 days', 'dans 30 jours'],
  ])('writes %i s as %s', (seconds, english, french) => {
    const at = new Date(NOW + seconds * 1_000).toISOString();
    expect(relativeTime(at, NOW, 'en')).toBe(english);
    expect(relativeTime(at, NOW, 'fr')).toBe(french);
  });
});
