import { describe, expect, it } from 'vitest';
import { identify, type PlatformPerson } from '../../src/access/people.ts';
import { openDatabase } from '../../src/store/database.ts';
import { People, type Standing } from '../../src/store/people.ts';

const listed = { admin: new Set(['1']), controller: new Set(['20', '-100']), viewer: new Set(['3']) };
const ada: PlatformPerson = {
  platform: 'discord',
  id: '5',
  name: 'Ada',
  groups: [],
  isOwner: false,
  languageTag: 'fr-CA',
};

function actor(introduction: Partial<PlatformPerson>, standing: Standing | null = null) {
  const people = new People(openDatabase(':memory:'));
  people.setStanding({ id: `discord:${introduction.id ?? ada.id}`, name: '' }, standing, 0);
  return identify({ ...ada, ...introduction }, { listed, people, language: 'en' });
}

describe('identify', () => {
  it.each<[what: string, Partial<PlatformPerson>, Standing | null, role: string | null]>([
    ['a stranger', {}, null, null],
    ['a listed person', { id: '3' }, null, 'viewer'],
    ['a person whose group is listed', { groups: ['7', '-100'] }, null, 'controller'],
    ['the highest of several roles', { id: '1', groups: ['20'] }, null, 'admin'],
    ['the owner of the place', { isOwner: true }, null, 'admin'],
    ['a person whom an admin let in', {}, 'controller', 'controller'],
    ['a person whose listed role is higher than the admin’s decision', { id: '1' }, 'viewer', 'admin'],
    ['a denied person, despite the lists', { id: '3', groups: ['20'] }, 'denied', null],
    ['the owner of the place, despite a denial', { isOwner: true }, 'denied', 'admin'],
    ['an admin of the settings, despite a denial', { id: '1' }, 'denied', 'admin'],
  ])('gives the right role to %s', (_, introduction, standing, role) => {
    expect(actor(introduction, standing).role).toBe(role);
  });

  it('uses the platform’s language if we speak it', () => {
    expect(actor({}).language).toBe('fr');
    expect(actor({ languageTag: 'de' }).language).toBe('en');
  });

  it('uses the language that the person chose', () => {
    const people = new People(openDatabase(':memory:'));
    people.setLanguage({ id: 'discord:5', name: 'Ada' }, 'en', 0);
    expect(identify(ada, { listed, people, language: 'fr' }).language).toBe('en');
  });
});
