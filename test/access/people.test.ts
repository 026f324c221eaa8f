import { describe, expect, it } from 'vitest';
import { type Introduction, identify } from '../../src/access/people.ts';
import { openDatabase } from '../../src/store/database.ts';
import { People, type Standing } from '../../src/store/people.ts';

const listed = { admin: new Set(['1']), controller: new Set(['20', '-100']), viewer: new Set(['3']) };
const ada: Introduction = {
  ...{ platform: 'discord', id: '5', name: 'Ada', groups: [], isOwner: false, languageTag: 'fr-CA' },
};

function actor(introduction: Partial<Introduction>, standing: Standing | null = null) {
  const people = new People(openDatabase(':memory:'));
  people.setStanding({ id: `discord:${introduction.id ?? ada.id}`, name: '' }, standing, 0);
  return identify({ ...ada, ...introduction }, { listed, people, language: 'en' });
}

describe('identify', () => {
  it.each<[what: string, Partial<Introduction>, Standing | null, role: string | null]>([
    ['a stranger', {}, null, null],
    ['one who is listed', { id: '3' }, null, 'viewer'],
    ['one whose group is listed', { groups: ['7', '-100'] }, null, 'controller'],
    ['the most of several', { id: '1', groups: ['20'] }, null, 'admin'],
    ['the owner of the place', { isOwner: true }, null, 'admin'],
    ['one who was let in by name', {}, 'controller', 'controller'],
    ['one who is listed as more than that', { id: '1' }, 'viewer', 'admin'],
    ['one who was shut out, whatever is listed', { id: '3', groups: ['20'] }, 'denied', null],
    ['the owner of the place, who cannot be shut out', { isOwner: true }, 'denied', 'admin'],
    ['an admin by the settings, who cannot be either', { id: '1' }, 'denied', 'admin'],
  ])('%s', (_, introduction, standing, role) => {
    expect(actor(introduction, standing).role).toBe(role);
  });

  it('speaks the language of the platform, if it is one of ours', () => {
    expect(actor({}).language).toBe('fr');
    expect(actor({ languageTag: 'de' }).language).toBe('en');
  });

  it('speaks the language that was chosen', () => {
    const people = new People(openDatabase(':memory:'));
    people.setLanguage({ id: 'discord:5', name: 'Ada' }, 'en', 0);
    expect(identify(ada, { listed, people, language: 'fr' }).language).toBe('en');
  });
});
