import { describe, expect, it } from 'vitest';
import { judgeSwitch, mayStop, type Verdict } from '../../src/actions/etiquette.ts';
import type { Role } from '../../src/domain/actor.ts';
import type { Etiquette } from '../../src/domain/etiquette.ts';
import { mainId } from '../fakes/main-id.ts';

const ana = { id: 'discord:1', name: 'Ana' };
const bob = { id: 'discord:2', name: 'Bob' };
const channel = { id: mainId(1), name: 'TF1' };
const watched = { channel, askedBy: ana, viewers: 3, past: null };

const [tf1, arte] = [{ channelId: mainId(1) }, { channelId: mainId(2) }];
const past = { start: 1, to: 2, title: 'Journal', behind: 1_000, pause: null };

type Case = readonly [
  what: string,
  who: { id: string; role: Role },
  status: Parameters<typeof judgeSwitch>[2],
  wish: Parameters<typeof judgeSwitch>[3],
  verdicts: Readonly<Record<Etiquette, Verdict>>,
];

const viewer = (id: string) => ({ id, role: 'viewer' as const });
const everybodyMay = { free: 'may', polite: 'may', controllers: 'may' } as const;
const viewersMay = { free: 'may', polite: 'may', controllers: 'may_not' } as const;
const isAsked = { free: 'may', polite: 'is_asked', controllers: 'may_not' } as const;

const cases: readonly Case[] = [
  ['a controller', { id: bob.id, role: 'controller' }, watched, arte, everybodyMay],
  ['an admin', { id: bob.id, role: 'admin' }, watched, arte, everybodyMay],
  ['a viewer, others watching what somebody else put on', viewer(bob.id), watched, arte, isAsked],
  ['a viewer, one watching it', viewer(bob.id), { ...watched, viewers: 1 }, arte, isAsked],
  ['a viewer, nobody knows who put it on', viewer(bob.id), { ...watched, askedBy: null }, arte, isAsked],
  ['whoever put it on', viewer(ana.id), watched, arte, viewersMay],
  ['a viewer, nobody watching', viewer(bob.id), { ...watched, viewers: 0 }, arte, viewersMay],
  ['a viewer, what is on already', viewer(bob.id), watched, tf1, viewersMay],
  [
    'a viewer, the slate',
    viewer(bob.id),
    { channel: null, askedBy: null, viewers: 3, past: null },
    arte,
    viewersMay,
  ],
  ['a viewer, the programme on air from its start', viewer(bob.id), watched, { ...tf1, from: 5 }, isAsked],
  ['a viewer, back to live', viewer(bob.id), { ...watched, past }, tf1, isAsked],
];

describe('judgeSwitch', () => {
  it.each(cases)('judges %s', (_what, who, status, wish, verdicts) => {
    for (const etiquette of ['free', 'polite', 'controllers'] as const) {
      expect([etiquette, judgeSwitch(etiquette, who, status, wish)]).toEqual([
        etiquette,
        verdicts[etiquette],
      ]);
    }
  });
});

describe('mayStop', () => {
  const wanted = (askedBy: typeof ana) => ({ id: mainId(2), name: 'Arte', askedBy });
  it.each<[what: string, who: string, status: Parameters<typeof mayStop>[1], may: boolean]>([
    ['whoever put it on', ana.id, { channel, wanted: null, askedBy: ana }, true],
    ['another viewer', bob.id, { channel, wanted: null, askedBy: ana }, false],
    ['who waits for it', bob.id, { channel: null, wanted: wanted(bob), askedBy: null }, true],
    [
      'another viewer, while somebody waits',
      bob.id,
      { channel: null, wanted: wanted(ana), askedBy: null },
      false,
    ],
    ['who waits to replace what others see', bob.id, { channel, wanted: wanted(bob), askedBy: ana }, false],
    ['anybody, what nobody put on', bob.id, { channel, wanted: null, askedBy: null }, false],
    ['anybody, nothing', bob.id, { channel: null, wanted: null, askedBy: null }, true],
  ])('answers for %s', (_what, who, status, may) => {
    expect(mayStop(viewer(who), status)).toBe(may);
    expect(mayStop({ id: who, role: 'controller' }, status)).toBe(true);
  });
});
