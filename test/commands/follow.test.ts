import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { newsFor } from '../../src/commands/new-events-reply.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Place } from '../../src/domain/actor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const room: Place = { id: 'discord:7', platform: 'discord', language: 'en', isPrivate: false };
const club: Place = { id: 'telegram:-9:4', platform: 'telegram', language: 'fr', isPrivate: false };

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const follow = (typed: string, place = room) =>
  execute(
    registry,
    fake.context,
    { actor: { id: 'discord:1', platform: 'discord', name: 'Ada', role: 'viewer', language: 'en' }, place },
    { command: 'follow', values: [typed] },
  );
const textOf = ({ lines }: { lines: readonly unknown[] }) => JSON.stringify(lines);
const event = (id: number, name: string, text: string) => ({
  series: 'ppv',
  text,
  channel: {
    ...{ id: mainId(id), number: null, name, categoryId: null },
    ...{ logo: null, epgId: null, archiveDays: 0 },
  },
});

describe('/follow', () => {
  it('adds words, lists them with a button each, and stops', async () => {
    expect(textOf(await follow(''))).toContain('no events yet');
    expect(textOf(await follow(' UFC! '))).toContain('“ufc”');
    await follow('Fury - Usyk');
    await follow('boxe', club);
    const { buttons = [] } = await follow('');
    expect(buttons.flat()).toEqual([
      { label: '✖ ufc', action: { command: 'follow', values: ['stop ufc'] } },
      { label: '✖ fury usyk', action: { command: 'follow', values: ['stop fury usyk'] } },
    ]);
    expect(textOf(await follow('stop UFC'))).toContain('no longer');
    expect(fake.context.follows.of(room.id)).toEqual(['fury usyk']);
    expect(fake.context.follows.of(club.id)).toEqual(['boxe']);
  });

  it('keeps at most 20', async () => {
    for (let at = 1; at <= 20; at++) await follow(`event ${at}`);
    expect(textOf(await follow('one more'))).toContain('follows 20 events');
    expect(textOf(await follow('event 7'))).toContain('“event 7”');
    expect((await follow('')).buttons?.length).toBeLessThanOrEqual(5);
  });
});

describe('the news of a place', () => {
  const ufc = event(2, 'PPV 2: UFC 300', 'UFC 300');
  const events = [event(1, 'PPV 1: Fury - Usyk 20:00', 'Fury - Usyk 20:00'), ufc];

  it('are the events with its words, in its language, with a button that plays each', async () => {
    await follow('ufc');
    await follow('ppv', club);
    const [inRoom, inClub, ...others] = newsFor(events, fake.context.follows.all(), fake.context);
    expect(others).toEqual([]);
    expect([inRoom?.place, inClub?.place]).toEqual([room.id, club.id]);
    expect(inRoom?.reply.lines).toEqual([[{ bold: 'New on the event channels:' }], ['• PPV 2: UFC 300']]);
    expect(inRoom?.reply.buttons).toEqual([
      [
        {
          label: '▶ UFC 300',
          action: { command: 'play', values: [fake.context.marks.of(ufc.channel)] },
        },
      ],
    ]);
    expect(JSON.stringify(inClub?.reply.lines)).toContain('Nouveau');
    expect(inClub?.reply.buttons).toHaveLength(2);
  });

  it('are nothing where no event has the words', async () => {
    await follow('golf');
    expect(newsFor(events, fake.context.follows.all(), fake.context)).toEqual([]);
  });

  it('name at most five, and the number of the others', async () => {
    await follow('ppv');
    const many = Array.from({ length: 9 }, (_, at) => event(at, `PPV ${at}: Match ${at}`, `Match ${at}`));
    const [news] = newsFor(many, fake.context.follows.all(), fake.context);
    expect(news?.reply.buttons).toHaveLength(5);
    expect(news?.reply.lines).toHaveLength(7);
    expect(news?.reply.lines.at(-1)).toEqual(['and 4 more: /search finds them.']);
  });
});
