import { describe, expect, it } from 'vitest';
import { type RightName, rights, rightsOf } from '../../src/actions/rights.ts';
import { registry } from '../../src/commands/registry.ts';
import { type ActionName, buttonNames, commandNames } from '../../src/domain/command-name.ts';

/** What the guide and the README say of each command. */
const meant: Partial<Record<ActionName, RightName>> = {
  play: 'play',
  stop: 'stop',
  restart: 'restart',
  audio: 'audio',
  record: 'record',
  series: 'record',
  vote: 'vote',
  react: 'react',
  fav: 'own',
  vlc: 'own',
  links: 'own',
  login: 'own',
  lang: 'own',
  admin: 'administer',
  doctor: 'administer',
};

describe('the table of rights', () => {
  it.each([...commandNames, ...buttonNames])('/%s requires the documented role', (name) => {
    expect(registry[name].role).toBe(rights[meant[name] ?? 'look'].role);
  });

  it('lets viewers play and record, controllers restart and choose audio, and admins administer', () => {
    const [viewer, controller, admin] = (['viewer', 'controller', 'admin'] as const).map((role) =>
      rightsOf({ role }, { etiquette: 'polite', recordingsPerPerson: 5 }),
    );
    expect(viewer).toEqual(['look', 'own', 'vote', 'react', 'clip', 'play', 'stop', 'record']);
    expect(new Set(controller)).toEqual(new Set([...(viewer ?? []), 'restart', 'audio', 'useScreen']));
    expect(new Set(admin)).toEqual(new Set([...(controller ?? []), 'screens', 'administer']));
  });

  it('does not let viewers record where they may have no recording', () => {
    const none = { etiquette: 'free', recordingsPerPerson: 0 } as const;
    expect(rightsOf({ role: 'viewer' }, none)).not.toContain('record');
    expect(rightsOf({ role: 'controller' }, none)).toContain('record');
  });

  it('does not let viewers play where only controllers may', () => {
    expect(rightsOf({ role: 'viewer' }, { etiquette: 'controllers', recordingsPerPerson: 5 })).not.toContain(
      'play',
    );
    expect(rightsOf({ role: 'controller' }, { etiquette: 'controllers', recordingsPerPerson: 5 })).toContain(
      'play',
    );
  });

  it('gives strangers no right', () => {
    expect(rightsOf({ role: null }, { etiquette: 'free', recordingsPerPerson: 5 })).toEqual([]);
  });
});
