import { describe, expect, it } from 'vitest';
import { recordingPlace, safeName } from '../../src/recordings/file-names.ts';

/** Local time, as file names have it. */
const start = new Date(2026, 10, 29, 20, 5).getTime();

describe('the place of a recording', () => {
  it('is a show with an episode of that day', () => {
    expect(recordingPlace({ title: 'Le Journal', channelName: 'TF1 HD', start })).toBe(
      'Shows/Le Journal/Season 2026/Le Journal - 2026-11-29 20-05 - TF1 HD',
    );
  });

  it('stays below the folder, whatever the title', () => {
    for (const title of ['../../etc/passwd', '..', '/etc/passwd', 'C:\\Windows', '.hidden'])
      for (const part of recordingPlace({ title, channelName: title, start }).split('/')) {
        expect(part).not.toMatch(/^\.|\\/);
        expect(part).not.toBe('');
      }
  });

  it('has parts of at most 200 bytes, and no half letters', () => {
    const place = recordingPlace({ title: 'é👨‍👩‍👧‍👦'.repeat(80), channelName: '電視'.repeat(80), start });
    for (const part of place.split('/')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(200);
    expect(place).not.toContain('\ufffd');
    expect(place).toMatch(/^Shows\/(?:é👨‍👩‍👧‍👦)+é?\/Season 2026\//u);
  });
});

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
  ])('%j is safe as %j', (text, name) => {
    expect(safeName(text)).toBe(name);
  });
});
