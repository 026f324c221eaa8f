import { describe, expect, it } from 'vitest';
import { parseRecordingNames } from '../../src/domain/recording-names.ts';
import { type NamedRecording, recordingPlace, safeName } from '../../src/recordings/file-names.ts';

/** Local time, as file names have it. */
const start = new Date(2026, 10, 29, 20, 5).getTime();

describe('the place of a recording', () => {
  it('is a show with an episode of that day', () => {
    expect(recordingPlace({ title: 'Le Journal', channelName: 'TF1 HD', start, programme: null })).toBe(
      'Shows/Le Journal/Season 2026/Le Journal - 2026-11-29 20-05 - TF1 HD',
    );
  });

  it('stays below the folder, whatever the title', () => {
    for (const title of ['../../etc/passwd', '..', '/etc/passwd', 'C:\\Windows', '.hidden'])
      for (const part of recordingPlace({ title, channelName: title, start, programme: null }).split('/')) {
        expect(part).not.toMatch(/^\.|\\/);
        expect(part).not.toBe('');
      }
  });

  it('has parts of at most 200 bytes, and no half letters', () => {
    const place = recordingPlace({
      title: 'é👨‍👩‍👧‍👦'.repeat(80),
      channelName: '電視'.repeat(80),
      start,
      programme: null,
    });
    for (const part of place.split('/')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
    expect(place).not.toContain('\ufffd');
    expect(place).toMatch(/^Shows\/(?:é👨‍👩‍👧‍👦)+é?\/Season 2026\//u);
  });
});

describe('a place by a template', () => {
  const episode = { subTitle: 'Le retour', season: 2, episode: 11 };
  const place = (template: string, programme: NamedRecording['programme'] = episode, title = 'Série') =>
    recordingPlace(
      { title, channelName: 'TF1/HD', start, programme },
      parseRecordingNames(template) ?? raise(),
    );

  it.each([
    ['{title}', 'Série'],
    ['{channel}/{year}/{month}/{day}/{time} {title}', 'TF1 HD/2026/11/29/20-05 Série'],
    [
      '{title}/Season {season}/{title} S{season}E{episode}[ - {subtitle}]',
      'Série/Season 02/Série S02E11 - Le retour',
    ],
    ['TV: {Title} ({date})', 'TV Série (2026-11-29)'],
  ])('%j is %j', (template, expected) => {
    expect(place(template)).toBe(expected);
  });

  it('leaves out what the guide does not say, with its bracket', () => {
    expect(place('{title}[ - S{season}E{episode}][ - {subtitle}] - {date}', null)).toBe('Série - 2026-11-29');
    expect(place('{title} {subtitle} {date}', null)).toBe('Série 2026-11-29');
    expect(place('{season}/{title}', null)).toBe('_/Série');
  });

  it('cuts a long title alike in all its parts, and stays below the folder', () => {
    const long = place('{title}/{title} - {subtitle} - {date}', episode, 'é'.repeat(300)).split('/');
    expect(long[1]?.startsWith(`${long[0]} - Le retour`)).toBe(true);
    for (const part of long) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
    expect(place('x/{title}', null, '../..')).toBe('x/_');
  });

  it.each([
    '',
    '{name}',
    '{title',
    'title}',
    '[{title}',
    '{title}]',
    'a//{title}',
    '/{title}',
    '../{title}',
    '{title}/fixed',
    '[{title}]',
    `${'x'.repeat(300)}{title}`,
  ])('of %j is none', (template) => {
    expect(parseRecordingNames(template)).toBeNull();
  });
});

function raise(): never {
  throw new Error('no template');
}

describe('a name', () => {
  it.each([
    ['Who? What: "Where"', 'Who What Where'],
    ['AC/DC | Live\u0000\u202e*', 'AC DC Live'],
    ['The end...', 'The end'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['Console', 'Console'],
    [' \t ', '_'],
    ['...', '_'],
    ['\u200b\u00ad', '_'],
    ['\u3164', '_'],
    ['COM¹', '_COM¹'],
    ['conin$', '_conin$'],
    ['aux .mkv', '_aux .mkv'],
    ['Auxerre', 'Auxerre'],
    ['❤️', '❤️'],
  ])('%j is safe as %j', (text, name) => {
    expect(safeName(text)).toBe(name);
  });
});
