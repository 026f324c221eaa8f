import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChannelUnavailable } from '../../src/actions/channel-unavailable.ts';
import { play } from '../../src/actions/play.ts';
import type { Requester } from '../../src/actions/rights.ts';
import { stop } from '../../src/actions/stop.ts';
import { AppError } from '../../src/domain/errors.ts';
import { ask, textOf } from '../commands/asking.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const ada: Requester = { id: 'discord:1', name: 'Ada', role: 'viewer' };
const bob: Requester = { id: 'discord:2', name: 'Bob', role: 'controller' };

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

describe('play', () => {
  it('puts the channel on air and says who requested it', async () => {
    const status = await play(fake.context, fake.screen, ada, { channelId: mainId(1) });
    expect(status).toMatchObject({
      state: 'live',
      channel: { id: mainId(1), name: 'TF1 HD' },
      askedBy: { id: ada.id, name: ada.name },
    });
  });

  it('refuses a channel that is not in the list', async () => {
    await expect(play(fake.context, fake.screen, ada, { channelId: mainId(999) })).rejects.toMatchObject({
      code: 'channel_not_found',
      params: { channelId: '999' },
    });
    expect(fake.screen.broadcast.status.state).toBe('idle');
  });

  it('gives the reason where the channel cannot be opened', async () => {
    fake.failures.set(2, new AppError('channel_dead', { status: 404 }));
    await expect(play(fake.context, fake.screen, ada, { channelId: mainId(2) })).rejects.toMatchObject({
      code: 'channel_dead',
    });
    expect(fake.screen.broadcast.status).toMatchObject({
      state: 'idle',
      channel: null,
      reason: { code: 'channel_dead' },
    });
  });

  it('names the channel in the error without its logo, whose address would be logged', async () => {
    fake.failures.set(1, new AppError('channel_dead'));
    const error = await play(fake.context, fake.screen, ada, { channelId: mainId(1) }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ChannelUnavailable);
    expect(error).toMatchObject({ code: 'channel_dead', channel: { id: mainId(1), name: 'TF1 HD' } });
    expect(JSON.stringify(error)).not.toContain('logos.example');
  });

  it('asks to wait while there is no channel list', async () => {
    await fake.stop();
    fake = await startFakeHttp({ channels: [] });
    await expect(play(fake.context, fake.screen, ada, { channelId: mainId(1) })).rejects.toMatchObject({
      code: 'catalogue_not_ready',
    });
  });
});

describe('a command that finds no channel list', () => {
  it.each(['/play tf1', '/search tf1', '/epg tf1', '/vlc tf1', '/fav add tf1', '/channels'])(
    'says that the account has expired where that is the reason: %s',
    async (text) => {
      await fake.stop();
      fake = await startFakeHttp({ channels: [], publicUrl: 'https://tv.example' });
      const { catalogue, provider } = fake.context;
      vi.spyOn(provider, 'account').mockRejectedValue(new AppError('account_expired'));
      vi.spyOn(catalogue, 'lastFailure', 'get').mockReturnValue(new AppError('catalogue_empty'));
      expect(textOf(await ask(fake, text))).toContain('The subscription has expired');
    },
  );

  it.each(['/play tf1', '/channels'])('asks to wait while the list is loading: %s', async (text) => {
    await fake.stop();
    fake = await startFakeHttp({ channels: [] });
    expect(textOf(await ask(fake, text))).toContain('still being loaded');
  });
});

describe('stop', () => {
  it('takes the channel off the air, and succeeds when nothing is on', async () => {
    await play(fake.context, fake.screen, ada, { channelId: mainId(1) });
    expect(await stop(fake.context, fake.screen, bob)).toMatchObject({ state: 'idle', channel: null });
    expect(await stop(fake.context, fake.screen, bob)).toMatchObject({ state: 'idle', channel: null });
  });
});
