import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { Slots } from '../../src/accounts/slots.ts';
import { applySettings, type SettingsFollowers } from '../../src/app/apply-settings.ts';
import { createDiscovery } from '../../src/app/create-discovery.ts';
import type { Part } from '../../src/app/lifecycle.ts';
import { Settings } from '../../src/config/settings.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { discoverAsJellyfin } from '../fakes/jellyfin-hdhomerun.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A UDP port that is free at the moment. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function create(env: Record<string, string>, { isGuarded = false, listens = true } = {}) {
  const clock = new FakeClock();
  const door = { url: 'http://127.0.0.1:8002', listensAt: () => listens };
  const options = {
    settings: { current: Settings.open({ DATA_DIR: '/nowhere', ...env }).current },
    accounts: { slots: new Slots(4) },
    firstStart: { isGuarded },
    port: await freePort(),
    ...{ deviceId: '10ABCDE1', door, clock, logger: silentLogger },
  };
  const part = createDiscovery(options);
  await part.start?.();
  open.push(() => part.stop?.());
  return { part, options };
}

const isFound = (port: number) =>
  discoverAsJellyfin('127.0.0.1', port).then(
    ({ address }) => address,
    () => null,
  );
const on = { HDHOMERUN_DISCOVERY: 'on', VIEWER_ACCESS: 'public', HOST: '0.0.0.0' };

describe('discovery', () => {
  it('finds the server where everybody may watch', async () => {
    const { part, options } = await create(on);
    expect(part.api.state).toBe('on');
    const { address, text } = await discoverAsJellyfin('127.0.0.1', options.port);
    expect(address).toBe('http://127.0.0.1');
    expect(text).toContain('http://127.0.0.1:8002/lineup.json');
  });

  it.each([
    ['watching needs a key', { ...on, VIEWER_ACCESS: 'key' }, {}, 'key_needed'],
    ['nobody has said who may watch', on, { isGuarded: true }, 'key_needed'],
    [
      'the server listens for this machine alone',
      { ...on, HOST: '127.0.0.1' },
      { listens: false },
      'only_here',
    ],
  ])('keeps silent and says so where %s', async (_when, env, more, state) => {
    const { part, options } = await create(env, more);
    expect(part.api.state).toBe(state);
    expect(await isFound(options.port)).toBeNull();
  });

  it('is off unless it is turned on', async () => {
    const { part } = await create({ VIEWER_ACCESS: 'public' });
    expect(part.api.state).toBe('off');
  });

  it('follows the setting, and does not keep the server from starting where the port is taken', async () => {
    const { part: first, options } = await create(on);
    const second = createDiscovery(options);
    await second.start?.();
    expect(second.api.state).toBe('port_taken');
    await change(first, 'off');
    expect(first.api.state).toBe('off');
    await change(second, 'on');
    expect(second.api.state).toBe('on');
    await second.stop?.();
  });
});

/** Changes the setting as the set-up page does. */
async function change({ api }: Part<SettingsFollowers['discovery']>, to: 'on' | 'off'): Promise<void> {
  const apply = applySettings({ discovery: api, secrets: { add: () => {} } } as unknown as SettingsFollowers);
  const { current } = Settings.open({ DATA_DIR: '/nowhere', ...on, HDHOMERUN_DISCOVERY: to });
  await apply({ before: current, after: current, names: new Set(['HDHOMERUN_DISCOVERY']) });
}
