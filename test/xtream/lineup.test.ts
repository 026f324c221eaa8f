import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { mainAccount } from '../../src/domain/ids.ts';
import { XtreamClient, type XtreamClientOptions } from '../../src/xtream/client.ts';
import { mainId, numberOf } from '../fakes/main-id.ts';
import { plainHttp } from '../fakes/plain-http.ts';
import { FakePanel } from '../fakes/xtream-panel.ts';

let panel: FakePanel | null = null;

afterEach(async () => {
  await panel?.stop();
  panel = null;
});

async function answering(
  body: string | Buffer,
  more: Partial<XtreamClientOptions> & { encoding?: string } = {},
): Promise<XtreamClient> {
  panel = await FakePanel.start();
  const headers: Record<string, string> = more.encoding ? { 'content-encoding': more.encoding } : {};
  panel.overrides.set('get_live_streams', { body, headers });
  const { url: baseUrl, username, password } = panel;
  const client = new XtreamClient({
    accountId: mainAccount,
    baseUrl,
    username,
    password,
    userAgent: 'test',
    http: plainHttp,
    ...more,
  });
  return client;
}

/** As a large provider sends it: `count` records of some 400 bytes. */
function bigList(count: number): string {
  const record = (index: number) => ({
    num: index + 1,
    name: `|FR| CHAÎNE ${index} ᴴᴰ 📺`,
    stream_type: 'live',
    stream_id: String(1_000_000 + index),
    stream_icon: `http://logos.example/a/long/path/to/a/picture/of/a/channel/${index}.png`,
    epg_channel_id: index % 3 ? `chaine${index}.fr` : null,
    added: '1600000000',
    custom_sid: '',
    tv_archive: 0,
    direct_source: '',
    tv_archive_duration: 0,
    category_id: String(index % 50),
    category_ids: [index % 50],
    thumbnail: '',
  });
  return JSON.stringify(Array.from({ length: count }, (_, index) => record(index)));
}

/** All channels, of a list that is not known. */
async function streamsOf(client: XtreamClient) {
  const { channels, dropped } = await client.liveStreams();
  return { channels: channels ?? [], dropped };
}

describe('liveStreams', () => {
  it('reads 150,000 channels in order', async () => {
    const client = await answering(bigList(150_000));
    const { channels, dropped } = await streamsOf(client);
    expect(dropped).toBe(0);
    expect(channels).toHaveLength(150_000);
    expect(channels[149_999]).toEqual({
      id: mainId(1_149_999),
      number: 150_000,
      name: '|FR| CHAÎNE 149999 ᴴᴰ 📺',
      categoryId: '49',
      logo: 'http://logos.example/a/long/path/to/a/picture/of/a/channel/149999.png',
      epgId: 'chaine149999.fr',
      archiveDays: 0,
    });
    expect(channels.every(({ id }, index) => id === mainId(1_000_000 + index))).toBe(true);
  }, 60_000);

  it('does not read a list again that is known, and reads every other one whole', async () => {
    const client = await answering(bigList(5_000));
    const { channels, version } = await client.liveStreams();
    expect(channels).toHaveLength(5_000);
    expect(await client.liveStreams(undefined, version)).toMatchObject({ channels: null, version });
    panel?.overrides.set('get_live_streams', { body: bigList(7_000) });
    const other = await client.liveStreams(undefined, version);
    expect(other.version).not.toBe(version);
    expect(other.channels?.map(({ id }) => id)).toEqual(
      Array.from({ length: 7_000 }, (_, index) => mainId(1_000_000 + index)),
    );
    panel?.overrides.set('get_live_streams', { body: bigList(5_000).slice(0, -9) });
    await expect(client.liveStreams(undefined, version)).rejects.toMatchObject({ code: 'provider_garbage' });
  });

  it('drops and counts bad records, and keeps the first of two records with the same id', async () => {
    const records = [
      '{"stream_id":1,"name":"A"}',
      'null',
      '{"stream_id":"1","name":"B"}',
      '{"name":"C"}',
      '{"stream_id":2,"name":bad}',
      '{"stream_id":3,"name":"D"}',
    ];
    const client = await answering(`[${records.join(',')}]`);
    const { channels, dropped } = await streamsOf(client);
    expect(channels.map(({ id, name }) => [numberOf(id), name])).toEqual([
      [1, 'A'],
      [3, 'D'],
    ]);
    expect(dropped).toBe(3);
  });

  it('accepts an object with indexes as keys', async () => {
    const client = await answering('{"0":{"stream_id":1,"name":"A"},"5":{"stream_id":2,"name":"B"}}');
    expect((await streamsOf(client)).channels.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it('decompresses gzip that was not requested', async () => {
    const client = await answering(gzipSync(bigList(100)), { encoding: 'gzip' });
    expect((await streamsOf(client)).channels).toHaveLength(100);
  });

  it.each(['[]', '{}', 'false', 'null', '""', ''])('accepts %j as an empty list', async (body) => {
    const client = await answering(body);
    expect(await streamsOf(client)).toEqual({ channels: [], dropped: 0 });
  });

  it.each([
    ['a web page', '<!doctype html><title>"Blocked"</title>', 'provider_garbage'],
    ['half a list', bigList(2_000).slice(0, 500_000), 'provider_garbage'],
    ['an object of something else', '{"error":"no such action"}', 'provider_garbage'],
    ['a login', '{"user_info":{"auth":1,"status":"Active"}}', 'provider_garbage'],
    ['a refused login', '{"user_info":{"auth":0}}', 'account_refused'],
    ['an expired account', '{"user_info":{"auth":1,"status":"Expired"}}', 'account_expired'],
  ])('refuses %s', async (_what, body, code) => {
    const client = await answering(body);
    await expect(client.liveStreams()).rejects.toMatchObject({ name: 'AppError', code });
  });

  const two = '[{"stream_id":1,"name":"Été"},{"stream_id":2,"name":"Zoé"}]';
  const notice = '<br />\n<b>Notice</b>:  Undefined index: "x in <b>/a[0].php</b> on line <b>9</b><br />\n';
  const logLine = '[03-Nov-2026 07:34:42 UTC] PHP Warning:  {it} is "broken" in /a.php\n';

  it.each<[string, string | Buffer]>([
    ['notices before it', `${notice}${logLine}${two}`],
    ['notices behind it', `${two}${notice}${logLine}<script>f({`],
    ['an empty list before it', `[]${two}`],
    ['JSONP', `callback(${two});`],
    ['a page around it', `<html><body><pre>${two}</pre></body></html>`],
    ['a mark before it', `\ufeff${two}`],
    ['Latin-1', Buffer.from(two, 'latin1')],
    [
      'Latin-1 in one record',
      Buffer.concat([Buffer.from(two.slice(0, 30)), Buffer.from(two.slice(30), 'latin1')]),
    ],
    ['UTF-16', Buffer.from(`\ufeff${two}`, 'utf16le')],
    ['commas too many', two.replace('},', ',},,').replace(']', ',]')],
    ['no numbers', two.replace('"stream_id":1', '"num":NaN,"stream_id":"1.0"')],
    ['line ends within', two.replaceAll('Été', 'É\nté').replace('É\nté', 'Été')],
  ])('reads a list with %s', async (_, body) => {
    const client = await answering(body);
    const { channels, dropped } = await streamsOf(client);
    expect(channels.map(({ id, name }) => [numberOf(id), name])).toEqual([
      [1, 'Été'],
      [2, 'Zoé'],
    ]);
    expect(dropped).toBe(0);
  });

  it.each([
    ['half a list behind notices', `${notice}${two.slice(0, -3)}`],
    ['whole records of half a list', `${logLine}${two.slice(0, 32)}`],
    ['two lists', `${two}${two.replaceAll('_id":', '_id":9')}`],
    ['a page with lists in it', '<html><script>var a = [{"b":1}], c = [];</script></html>'],
  ])('refuses %s', async (_, body) => {
    const client = await answering(body);
    await expect(client.liveStreams()).rejects.toMatchObject({ code: 'provider_garbage' });
  });

  it('accepts a complete list before a broken connection, and rejects a list that breaks off', async () => {
    const client = await answering('');
    const headers = { 'content-length': '10000' };
    for (const [body, outcome] of [
      [two, 2],
      [two.slice(0, -1), 'provider_unreachable'],
    ] as const) {
      panel?.overrides.set('get_live_streams', { body, headers });
      const call = client.liveStreams().then(
        ({ channels }) => channels?.length,
        ({ code }: { code: string }) => code,
      );
      await expect.poll(() => panel?.requests.length).toBe(outcome === 2 ? 1 : 2);
      await new Promise((resolve) => setTimeout(resolve, 100));
      panel?.cut();
      expect(await call).toBe(outcome);
    }
  });

  it('refuses a list that is longer than allowed, compressed or not', async () => {
    const client = await answering(gzipSync(bigList(1_000)), { encoding: 'gzip', maxListBytes: 100_000 });
    await expect(client.liveStreams()).rejects.toMatchObject({ code: 'provider_garbage' });
  });

  it('rejects when the connection is cut', async () => {
    const client = await answering('');
    panel?.overrides.set('get_live_streams', {
      body: '[{"stream_id":1,"name":"A"},',
      headers: { 'content-length': '1000' },
    });
    const call = client.liveStreams();
    const failed = expect(call).rejects.toMatchObject({ code: 'provider_unreachable' });
    await expect.poll(() => panel?.requests.length).toBe(1);
    panel?.cut();
    await failed;
  });

  it('can be aborted in the middle of a list', async () => {
    const client = await answering('');
    panel?.overrides.set('get_live_streams', {
      body: '[{"stream_id":1,"name":"A"},',
      headers: { 'content-length': '1000' },
    });
    const controller = new AbortController();
    const call = client.liveStreams(controller.signal);
    const failed = expect(call).rejects.toThrow('enough');
    await expect.poll(() => panel?.requests.length).toBe(1);
    controller.abort(new Error('enough'));
    await failed;
  });
});
