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

  it('lets viewers play, controllers restart, choose audio and record, and admins administer', () => {
    const [viewer, controller, admin] = (['viewer', 'controller', 'admin'] as const).map((role) =>
      rightsOf({ role }, 'polite'),
    );
    expect(viewer).toEqual(['look', 'own', 'vote', 'react', 'clip', 'play', 'stop']);
    expect(controller).toEqual([...(viewer ?? []), 'restart', 'audio', 'record', 'useScreen']);
    expect(admin).toEqual([...(controller ?? []), 'screens', 'administer']);
  });

  it('does not let viewers play where only controllers may', () => {
    expect(rightsOf({ role: 'viewer' }, 'controllers')).not.toContain('play');
    expect(rightsOf({ role: 'controller' }, 'controllers')).toContain('play');
  });

  it('gives strangers no right', () => {
    expect(rightsOf({ role: null }, 'free')).toEqual([]);
  });
});
