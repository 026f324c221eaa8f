import { afterEach, describe, expect, it } from 'vitest';
import { AccountPool } from '../../src/accounts/account-pool.ts';
import { Slots } from '../../src/accounts/slots.ts';
import { accountId, mainAccount } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { XtreamClient } from '../../src/xtream/client.ts';
import { XtreamProvider } from '../../src/xtream/provider.ts';
import { mainId } from '../fakes/main-id.ts';
import { plainHttp } from '../fakes/plain-http.ts';
import { FakePanel, type FakePanelOptions } from '../fakes/xtream-panel.ts';

let panel: FakePanel;
let client: XtreamClient;

async function provider(options: FakePanelOptions = {}): Promise<XtreamProvider> {
  panel = await FakePanel.start(options);
  const { url: baseUrl, username, password } = panel;
  client = new XtreamClient({
    accountId: mainAccount,
    baseUrl,
    username,
    password,
    userAgent: 'VLC/3.0.20',
    http: plainHttp,
  });
  return new XtreamProvider(client);
}

afterEach(async () => {
  await panel.stop();
});

describe('XtreamProvider', () => {
  it('returns the account and the channel list', async () => {
    const xtream = await provider({
      maxConnections: 2,
      categories: [{ id: '1', name: 'France' }],
      channels: [
        { id: 11, name: 'TF1', category: '1' },
        { id: 12, name: '' },
      ],
    });
    expect(await xtream.account()).toMatchObject({
      status: 'Active',
      maxConnections: 2,
      outputFormats: ['m3u8', 'ts'],
    });
    expect(await xtream.lineup()).toMatchObject({
      categories: [{ id: '1', name: 'France' }],
      channels: [
        { id: mainId(11), number: 1, name: 'TF1', categoryId: '1', logo: null, epgId: null, archiveDays: 0 },
      ],
      dropped: 1,
    });
  });

  it.each([403, 404, 500])(
    'returns channels without categories if the panel answers %i for categories',
    async (status) => {
      const xtream = await provider({ channels: [{ id: 11, name: 'TF1', category: '1' }] });
      panel.overrides.set('get_live_categories', { status, body: '' });
      expect(await xtream.lineup()).toMatchObject({
        categories: [],
        channels: [{ id: mainId(11), categoryId: '1' }],
      });
    },
  );

  it('keeps the last categories if the panel stops giving them', async () => {
    const categories = [{ id: '1', name: 'France' }];
    const xtream = await provider({ categories, channels: [{ id: 11, name: 'TF1', category: '1' }] });
    await xtream.lineup();
    panel.overrides.set('get_live_categories', { body: '<html>busy</html>' });
    expect((await xtream.lineup()).categories).toEqual(categories);
  });

  it('rejects with the reason if the channels fail too', async () => {
    const xtream = await provider();
    panel.overrides.set('get_live_categories', { status: 403, body: '' });
    panel.overrides.set('get_live_streams', { status: 401, body: '' });
    await expect(xtream.lineup()).rejects.toMatchObject({ code: 'account_refused' });
    await panel.stop();
    await expect(xtream.lineup()).rejects.toMatchObject({ code: 'provider_unreachable' });
  });

  it('reports whether all connections are in use', async () => {
    const xtream = await provider();
    const askLine = () => {
      const account = {
        id: accountId('main'),
        provider: xtream,
        slots: new Slots(),
        http: plainHttp,
      } as const;
      const use = { holder: 'TF1', purpose: 'screen', giveUp: async () => {} } as const;
      return new AccountPool({ accounts: [account], clock: systemClock }).reserve(mainId(11), use).askLine();
    };
    const says = (user: object) =>
      panel.overrides.set('login', { body: JSON.stringify({ user_info: user }) });
    says({ auth: 1, max_connections: '1', active_cons: '1' });
    expect(await askLine()).toBe('full');
    says({ auth: 1, max_connections: '2', active_cons: 1 });
    expect(await askLine()).toBe('free');
    says({ auth: 1, status: 'Expired' });
    expect(await askLine()).toMatchObject({ code: 'account_expired' });
    panel.overrides.set('login', { body: '<html>' });
    expect(await askLine()).toBe('unknown');
  });

  it('returns a source that the panel serves', async () => {
    const xtream = await provider();
    panel.live.set(11, (_request, response) => response.end('bytes'));
    const source = xtream.source(mainId(11));
    expect(source).toEqual({
      channelId: mainId(11),
      url: `${panel.url}/live/user/pass/11.ts`,
      format: 'ts',
      userAgent: 'VLC/3.0.20',
    });
    expect(await (await fetch(source.url)).text()).toBe('bytes');
  });

  it('uses m3u8 after the account has shown that it is the only format', async () => {
    const xtream = await provider({ outputFormats: ['m3u8'] });
    expect(xtream.source(mainId(11)).format).toBe('ts');
    await xtream.account();
    expect(xtream.source(mainId(11))).toMatchObject({
      format: 'm3u8',
      url: `${panel.url}/live/user/pass/11.m3u8`,
    });
  });

  it('reads guide times in the panel’s local time', async () => {
    const xtream = await provider({
      guide: {
        epg_listings: [{ title: 'Journal télé', start: '2026-01-02 20:00:00', end: '2026-01-02 20:30:00' }],
      },
    });
    const now = Date.UTC(2026, 0, 2, 12) / 1000;
    panel.overrides.set('login', {
      body: JSON.stringify({
        user_info: { auth: 1 },
        server_info: { timestamp_now: now, time_now: '2026-01-02 13:00:01' },
      }),
    });
    await xtream.account();
    const start = Date.UTC(2026, 0, 2, 19);
    expect(await xtream.shortGuide(mainId(11))).toEqual([
      { title: 'Journal télé', description: '', start, stop: start + 1_800_000 },
    ]);
  });
});
