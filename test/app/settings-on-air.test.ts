import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataDirs } from '../fakes/data-dir.ts';
import { ADMIN_TOKEN, type RunningApp, startApp } from '../fakes/running-app.ts';
import { TsSource } from '../fakes/ts-source.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let dataDirs: DataDirs;
let source: TsSource;
let first: FakePanel;
let second: FakePanel;
let server: RunningApp;
beforeAll(async () => {
  [dataDirs, source] = await Promise.all([DataDirs.create(), TsSource.render()]);
  first = await FakePanel.start({
    channels: ['TF1 HD', 'Arte HD'].map((name, at) => ({ id: at + 1, name })),
  });
  second = await FakePanel.start({
    channels: ['CNN', 'Arte HD', 'Rai Uno'].map((name, at) => ({ id: at + 1, name })),
  });
  for (const panel of [first, second]) panel.live.set('*', source.serve);
  server = await startApp(await dataDirs.next(), {});
}, 60_000);
afterAll(async () => {
  await server?.app.stop();
  source?.stop();
  await Promise.all([first?.stop(), second?.stop()]);
  await dataDirs?.remove();
});

const accountOf = ({ url, username, password }: FakePanel) => ({
  XTREAM_URL: url,
  XTREAM_USERNAME: username,
  XTREAM_PASSWORD: password,
});
const status = async () => (await server.get('/stream_status')).body;
const names = async () =>
  (await server.get('/api/channels')).body.items?.map(({ name }: { name: string }) => name).sort();
const play = (id: number) =>
  expect.poll(async () => (await server.post('/set_active_stream', { channel_id: id })).status).toBe(200);

/** A player that fetches every segment in turn, and says what it was refused. */
class Player {
  readonly refused: number[] = [];
  segments = 0;
  readonly #ending = new AbortController();
  readonly #done: Promise<void>;

  constructor(agent: string) {
    this.#done = this.#play(agent);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#done;
  }

  async #play(agent: string): Promise<void> {
    const { signal } = this.#ending;
    const seen = new Set<string>();
    const get = async (path: string) => {
      const answer = await fetch(server.url + path, { headers: { 'user-agent': agent }, signal });
      if (!answer.ok) this.refused.push(answer.status);
      return answer;
    };
    while (!signal.aborted) {
      try {
        const text = await (await get('/live/index.m3u8')).text();
        for (const name of text.match(/^seg\/.*$/gm) ?? []) {
          if (seen.has(name.replace(/\?.*/, ''))) continue;
          seen.add(name.replace(/\?.*/, ''));
          await (await get(`/live/${name}`)).arrayBuffer();
          this.segments++;
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }
}

describe('an account that is chosen while the demo is on air', () => {
  it('takes its place: its channels, and nothing on air, since it has none of that name', async () => {
    await expect.poll(names).toHaveLength(18);
    const [{ id }] = (await server.get('/api/channels')).body.items;
    await play(id);
    await server.settings.change(accountOf(first));
    await expect.poll(names).toEqual(['Arte HD', 'TF1 HD']);
    await expect.poll(status).toMatchObject({ state: 'idle', channel_id: null });
    expect((await server.get('/api/info')).body.demo).toBe(false);
    await play(1);
    expect(await status()).toMatchObject({ channel_id: 1, channel_name: 'TF1 HD' });
  });
});

describe('an account that is entered on the set-up page', () => {
  const put = async (panel: FakePanel, more: object = {}) => {
    const { url, username, password } = panel;
    const answer = await fetch(`${server.url}/api/setup/account`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        url: `${url}/get.php?username=${username}&password=${password}`,
        ...fields,
        ...more,
      }),
    });
    return { status: answer.status, body: await answer.json() };
  };
  const fields = { username: '', password: '' };

  it('is asked about where it changes what is on air, and only there', async () => {
    await play(1);
    expect(await put(first)).toMatchObject({ status: 200, body: { channels: 2, connections: 1 } });
    expect(await put(second)).toMatchObject({
      status: 409,
      body: { error: { code: 'account_on_air', message: expect.stringContaining('TF1') } },
    });
    expect(await names()).toEqual(['Arte HD', 'TF1 HD']);
    expect(await put(second, { confirm: true })).toMatchObject({ status: 200, body: { channels: 3 } });
    expect(await names()).toEqual(['Arte HD', 'CNN', 'Rai Uno']);
    await expect.poll(status).toMatchObject({ state: 'idle' });
    expect(await put(first)).toMatchObject({ status: 200 });
    expect(await names()).toEqual(['Arte HD', 'TF1 HD']);
  });

  it('leaves the names of what was changed in the audit log, and no value', async () => {
    const answer = await fetch(`${server.url}/api/audit`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    const text = await answer.text();
    expect(text).toContain('XTREAM_PASSWORD, XTREAM_URL, XTREAM_USERNAME');
    for (const { url, password } of [first, second])
      for (const secret of [password, new URL(url).host]) expect(text).not.toContain(secret);
  });
});

describe('while somebody watches', () => {
  it('who may watch, the address and the rest change without a player noticing', async () => {
    await play(2);
    const player = new Player('one');
    await expect.poll(() => player.segments).toBeGreaterThan(1);
    const continuous = await fetch(`${server.url}/live.ts`);
    const { reader, stop } = reading(continuous);
    for (const changes of [
      { PUBLIC_URL: 'https://tv.example.org', VIEWER_ACCESS: 'key' },
      { PUBLIC_URL: 'https://other.example.org', VIEWER_ACCESS: 'login' },
      { ETIQUETTE: 'free', REACTIONS: 'off', DEFAULT_LANGUAGE: 'fr' },
      { VIDEO_ENCODER: 'h264_nvenc', AUDIO_LANGUAGES: 'fr', IDLE_STOP_MINUTES: '5', TRUST_PROXY: 'loopback' },
      { XTREAM_USER_AGENT: 'Another', XTREAM_MAX_CONNECTIONS: '2', FAILOVER: 'off' },
    ]) {
      await server.settings.change(changes);
      const before = player.segments;
      await expect.poll(() => player.segments).toBeGreaterThan(before);
    }
    expect(await status()).toMatchObject({ channel_id: 2, state: 'live', restarts: 0 });
    expect(player.refused).toEqual([]);
    expect(reader.isOver).toBe(false);
    expect((await server.get('/api/info')).body).toMatchObject({ language: 'fr', reactions: [] });
    // Whoever comes now is not let in.
    expect((await fetch(`${server.url}/live.m3u8`, { headers: { 'user-agent': 'new' } })).status).toBe(403);
    await stop();
    await player.stop();
    await server.settings.change({ VIEWER_ACCESS: null, VIDEO_ENCODER: null });
    expect((await server.get('/live.m3u8')).status).toBe(200);
  });

  it('another account changes the channel to its own of the same name, and no player stops', async () => {
    await play(2);
    const player = new Player('two');
    await expect.poll(() => player.segments).toBeGreaterThan(1);
    await server.settings.change(accountOf(second));
    await expect.poll(names).toEqual(['Arte HD', 'CNN', 'Rai Uno']);
    await expect
      .poll(status, { timeout: 15_000 })
      .toMatchObject({ state: 'live', channel_id: 2, channel_name: 'Arte HD' });
    await expect.poll(() => second.mostOpen).toBe(1);
    await expect.poll(() => first.open).toEqual([]);
    const before = player.segments;
    await expect.poll(() => player.segments).toBeGreaterThan(before + 1);
    expect(player.refused).toEqual([]);
    await player.stop();
  });

  it('a new password of the same account changes nothing on air', async () => {
    const before = await status();
    await server.settings.change({ XTREAM_PASSWORD: 'wrong' });
    await expect.poll(async () => (await doctor('account')).mark).toBe('bad');
    expect(await status()).toMatchObject({ state: 'live', started_at: before.started_at, restarts: 0 });
    await server.settings.undo();
    await expect.poll(async () => (await doctor('account')).mark).toBe('good');
  });

  it('a refused account leaves the channels that are there', async () => {
    await server.settings.change({ ...accountOf(second), XTREAM_URL: 'http://127.0.0.1:1' });
    await expect.poll(async () => (await doctor('account')).mark).toBe('bad');
    expect(await names()).toEqual(['Arte HD', 'CNN', 'Rai Uno']);
    await server.settings.undo();
    await expect.poll(async () => (await doctor('account')).mark).toBe('good');
  });
});

async function doctor(subject: string): Promise<{ mark: string }> {
  const answer = await fetch(`${server.url}/api/doctor`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  });
  const { items } = (await answer.json()) as { items: { subject: string; mark: string }[] };
  return items.find((each) => each.subject === subject) ?? { mark: '' };
}

/** Reads a body until it is told to stop. */
function reading(answer: Response): { reader: { isOver: boolean }; stop: () => Promise<void> } {
  const state = { isOver: false };
  const body = answer.body?.getReader();
  void (async () => {
    try {
      for (;;) if ((await body?.read())?.done) break;
    } catch {}
    state.isOver = true;
  })();
  return { reader: state, stop: async () => body?.cancel() };
}
