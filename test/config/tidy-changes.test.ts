import { describe, expect, it } from 'vitest';
import { tidyChanges } from '../../src/config/tidy-changes.ts';

const isLocked = (name: string) => name === 'HOST' || name === 'DATA_DIR';

describe('tidyChanges', () => {
  it('gives the values as they were meant, and null for the default', () => {
    const changes = { PORT: ' 8003 ', PUBLIC_URL: 'tv.example.org', AUDIO: null, REACTIONS: ' ' };
    expect(tidyChanges(changes, { isLocked, textOf: () => null })).toEqual({
      values: { PORT: '8003', PUBLIC_URL: 'https://tv.example.org', AUDIO: null, REACTIONS: '' },
      problems: [],
    });
  });

  it('says of every change why it cannot be made', () => {
    const changes = {
      ...{ PORT: '8003', HOST: '0.0.0.0', DATA_DIR: 'x', VIEWER_ACCES: 'key', port: null },
      ...{ ['x'.repeat(90)]: '', constructor: '', XTREAM_USER_AGENT: 'a\u0000b' },
    };
    const { values, problems } = tidyChanges(changes, { isLocked, textOf: () => null });
    expect(values).toEqual({ PORT: '8003' });
    expect(problems).toEqual([
      { name: 'HOST', rule: 'set_by_environment', params: {} },
      { name: 'DATA_DIR', rule: 'environment_only', params: {} },
      { name: 'VIEWER_ACCES', rule: 'misspelt_setting', params: { nearest: 'VIEWER_ACCESS' } },
      { name: 'port', rule: 'misspelt_setting', params: { nearest: 'PORT' } },
      { name: 'x'.repeat(40), rule: 'unknown_setting', params: {} },
      { name: 'constructor', rule: 'unknown_setting', params: {} },
      { name: 'XTREAM_USER_AGENT', rule: 'must_be_one_line', params: {} },
    ]);
  });
});
