import { describe, expect, it } from 'vitest';
import { Secrets } from '../../src/lib/secrets.ts';

const PASSWORD = 'p&ss wörd/"1\\';

describe('Secrets', () => {
  it.each([
    ['raw', PASSWORD],
    ['URL-encoded', encodeURIComponent(PASSWORD)],
    ['URL-encoded in lower case', encodeURIComponent(PASSWORD).toLowerCase()],
    ['with + for a space', encodeURIComponent(PASSWORD).replaceAll('%20', '+')],
    ['encoded as a whole address', encodeURI(PASSWORD)],
    ['as JSON text', JSON.stringify(PASSWORD).slice(1, -1)],
    ['as JSON text within JSON', JSON.stringify(JSON.stringify(PASSWORD)).slice(3, -3)],
  ])('masks a value: %s', (_, form) => {
    expect(makeSecrets(PASSWORD).scrub(`<${form}>`)).toBe('<***>');
  });

  it.each(["pa's(s)w!rd", 'tilde~star*'])('masks %s as a form encodes it', (value) => {
    const query = new URLSearchParams({ password: value }).toString();
    expect(makeSecrets(value).scrub(query)).toBe('password=***');
  });

  it('masks every occurrence, whatever its case', () => {
    expect(makeSecrets('Alice').scrub('http://alice:x@h/live/ALICE/1.ts')).toBe(
      'http://***:x@h/live/***/1.ts',
    );
  });

  it('masks the longest match first, whatever the order of registration', () => {
    expect(makeSecrets('abc', 'abcdef').scrub('abcdef abc')).toBe('*** ***');
    expect(makeSecrets('abcdef', 'abc').scrub('abcdef abc')).toBe('*** ***');
  });

  it('treats no character of a secret as a pattern', () => {
    const secrets = makeSecrets('a.c+(x)[y]$^|{2}?*\\');
    expect(secrets.scrub('abcc')).toBe('abcc');
    expect(secrets.scrub('a.c+(x)[y]$^|{2}?*\\')).toBe('***');
  });

  it.each(['', 'a', 'ab'])('does not mask the very short secret %o within words', (value) => {
    expect(makeSecrets(value).scrub('an abacus')).toBe('an abacus');
  });

  it('returns text unchanged while no secret is registered', () => {
    expect(new Secrets().scrub('hello')).toBe('hello');
  });

  it('scrubs the lines written to its stream', async () => {
    const stream = makeSecrets('hunter2').scrubber();
    stream.end('the password is hunter2\n');
    expect(await stream.toArray()).toEqual([Buffer.from('the password is ***\n')]);
  });
});

function makeSecrets(...values: string[]): Secrets {
  const secrets = new Secrets();
  for (const value of values) secrets.add(value);
  return secrets;
}
