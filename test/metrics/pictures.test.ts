import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import type { BroadcastStatus } from '../../src/domain/broadcast-status.ts';
import { channelId, mainAccount } from '../../src/domain/ids.ts';
import { addPictures } from '../../src/metrics/pictures.ts';
import type { Screen, ScreenEvent } from '../../src/stream/screen/screen.ts';
import { valueIn } from '../fakes/metric-values.ts';

const chosen = { id: channelId(mainAccount, 1), name: 'One' };
const variant = { id: channelId(mainAccount, 2), name: 'One HD' };
const other = { id: channelId(mainAccount, 3), name: 'Other' };
const on = (change: Partial<BroadcastStatus>) => ({
  state: 'live',
  startedAt: 5,
  standsInFor: null,
  ...change,
});

it('counts variants that take over and the way back, and no switch that somebody asked for', async () => {
  const registry = new Registry();
  let tell: (event: ScreenEvent) => void = () => {};
  let changes = 0;
  const screen = {
    broadcast: { status: on({ channel: chosen }) },
    events: {
      subscribe: (listener: typeof tell) => {
        tell = listener;
        return () => {};
      },
    },
  } as unknown as Screen;
  addPictures(registry, {
    screens: { all: () => [], follow: (follow) => follow(screen) },
    onChangeByItself: () => changes++,
  });
  const show = (change: Partial<BroadcastStatus>) =>
    tell({ type: 'status', status: on(change) as BroadcastStatus });
  const failovers = async () =>
    valueIn(await registry.metrics(), 'zapette_failovers_total{reason="channel_gone"}');
  const standsInFor = { code: 'channel_gone', params: {}, channel: chosen } as const;

  show({ channel: variant, standsInFor });
  show({ channel: variant, standsInFor });
  expect([await failovers(), changes]).toEqual([1, 1]);
  show({ channel: chosen });
  expect([await failovers(), changes]).toEqual([1, 2]);
  show({ channel: other, startedAt: 9 });
  expect([await failovers(), changes]).toEqual([1, 2]);
});
