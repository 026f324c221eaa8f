import { describe, expect, it } from 'vitest';
import { auditActions } from '../../src/domain/audit-action.ts';
import { en } from '../../src/web/common/texts.en.ts';
import { fr } from '../../src/web/common/texts.fr.ts';

/** All texts as `key.inner → type`, so that two languages can be compared. */
function shape(texts: object, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    const name = prefix + key;
    if (typeof value === 'object' && value !== null) return shape(value, `${name}.`);
    return [
      typeof value === 'function' ? `${name} → function of ${value.length}` : `${name} → ${typeof value}`,
    ];
  });
}

describe('the texts of the pages', () => {
  it('have the same keys and types in both languages', () => {
    expect(shape(fr)).toEqual(shape(en));
  });

  it('are never empty', () => {
    const empty = [...Object.entries(en), ...Object.entries(fr)].filter(([, value]) => value === '');
    expect(empty).toEqual([]);
  });

  it('form the plural of viewers by the rules of each language', () => {
    expect([0, 1, 2].map(en.viewers)).toEqual(['0 viewers', '1 viewer', '2 viewers']);
    expect([0, 1, 2].map(fr.viewers)).toEqual(['0 spectateur', '1 spectateur', '2 spectateurs']);
  });

  it.each([en, fr])('name the object of each change', ({ actions }) => {
    const bare = ['stop', 'logout', 'login_link', 'settings_undone', 'server_restart', 'export', 'import'];
    for (const action of auditActions)
      expect([action, actions[action]('TF1 HD').includes('TF1 HD')]).toEqual([
        action,
        !bare.includes(action),
      ]);
  });
});
