import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { play } from '../../src/actions/play.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import { decodeAction, type Reply } from '../../src/commands/reply.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { ada, labelsOf, room, textOf } from './asking.ts';

const viewer: Actor = { ...ada, role: 'viewer' };
const bob = { id: 'telegram:2', name: 'Bob', role: 'viewer' } as const;

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

function press(data: string, actor: Actor = ada): Promise<Reply> {
  const action = decodeAction(data);
  if (!action) throw new Error(`no button: ${data}`);
  return execute(registry, fake.context, { actor, place: room, show: () => {} }, action);
}

const onAir = () => fake.screen.broadcast.status.channel?.id;

/** Canal+ is on air for Bob and somebody who watches. */
async function watchCanal(): Promise<void> {
  await play(fake.context, fake.screen, bob, { channelId: mainId(2) });
  fake.screen.broadcast.live.viewers.connected();
}

describe('a button that version 0.2 posted', () => {
  it('plays its channel', async () => {
    await press('v1:play:#3');
    expect(onAir()).toBe(mainId(3));
  });

  it('adds and removes a favourite', async () => {
    await press('v1:fav:add:#1');
    expect(fake.context.favourites.of(ada.id)).toMatchObject([{ channelId: mainId(1) }]);
    await press('v1:fav:remove:#1');
    expect(fake.context.favourites.of(ada.id)).toEqual([]);
  });

  it('switches from the channel that its question was about, and from no other', async () => {
    await watchCanal();
    expect(labelsOf(await press('v1:play:#1!3', viewer))).toContain('Switch');
    expect(onAir()).toBe(mainId(2));
    await press('v1:play:#1!2', viewer);
    expect(onAir()).toBe(mainId(1));
  });

  it('asks the room', async () => {
    await watchCanal();
    expect(textOf(await press('v1:vote:ask:1:2', viewer))).toContain('TF1');
  });

  it('asks once more where the channel that it was about is gone', async () => {
    await watchCanal();
    expect(labelsOf(await press('v1:play:#1!~999', viewer))).toContain('Switch');
  });
});

describe('the question before a switch', () => {
  it('has buttons that name both channels by their keys, and do what they say', async () => {
    await watchCanal();
    const { buttons = [] } = await press('v1:play:#1', viewer);
    const actions = buttons.flat().flatMap((each) => ('action' in each ? [each.action] : []));
    expect(actions).toMatchObject([
      { command: 'play', values: ['~1!~2'] },
      { command: 'vote', values: ['ask', '~1', '~2'] },
      { command: 'vote', values: ['cancel'] },
    ]);
    await press('v1:play:~1!~2', viewer);
    expect(onAir()).toBe(mainId(1));
  });
});
