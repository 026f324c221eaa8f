import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { isOurName } from '../../src/http/asked-host.ts';
import { bearer, type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp | null = null;
afterEach(async () => {
  await fake?.stop();
  fake = null;
});

async function ask(headers: Record<string, string>, options: FakeHttpOptions = {}, url = '/health') {
  fake ??= await startFakeHttp(options);
  return fake.app.inject({ url, headers });
}

const ours = [
  ...['127.0.0.1:8002', '192.168.1.20', '203.0.113.7:8002', '[::1]:8002', '[fe80::1]', '[2001:db8::1]:80'],
  ...['localhost:8002', 'LOCALHOST', 'localhost.', 'tv.localhost', 'zapette:8002', 'Zapette', 'nas.local'],
  ...['NAS.Local.:8002', 'zapette.media.svc.cluster.local', 'nas.lan', 'tv.home', 'tv.home.arpa'],
  ...['host.docker.internal:8002', 'tv.example.org', 'TV.Example.ORG:8443', 'tv.example.org.'],
];
const others = [
  ...['evil.example', 'evil.example:8002', 'tv.example.org.evil.example', 'eviltv.example.org'],
  ...[
    'sub.tv.example.org',
    'example.org',
    '192.168.1.20.nip.io',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
  ],
  ...[
    'nas.tailnet.ts.net',
    'local.example',
    'fritz.box',
    'xn--nas-local-0za.example',
    'tv。example。org。evil。example',
  ],
];

describe('a server', () => {
  const publicUrl = 'https://tv.example.org/here';

  it.each(ours)('answers to %s', async (host) => {
    expect((await ask({ host }, { publicUrl })).statusCode).toBe(200);
  });

  it.each(others)(
    'does not answer to %s, which another site can point here (DNS rebinding)',
    async (host) => {
      for (const url of [
        '/health',
        '/',
        '/watch',
        '/stream_status',
        '/live/index.m3u8',
        '/nothing',
        '/webhooks/x',
      ])
        expect([url, (await ask({ host }, { publicUrl }, url)).statusCode]).toEqual([url, 421]);
    },
  );

  it.each([
    'evil.example/@127.0.0.1',
    'evil.example@127.0.0.1',
    '127.0.0.1 evil.example',
    'a b',
    '[::1',
    ':80',
    'a'.repeat(5_000),
  ])('refuses the host %.20s', async (host) => expect((await ask({ host })).statusCode).toBe(400));

  it('changes nothing in requests for another name, with any token', async () => {
    const response = await ask({ ...bearer, host: 'evil.example' }, {}, '/api/tokens');
    expect(response.json()).toMatchObject({ error: { code: 'unknown_host' } });
  });

  it('accepts players of HTTP/1.0 without Host, and gives them addresses', async () => {
    fake = await startFakeHttp();
    const { host, hostname, port } = new URL(await fake.listen());
    const socket = connect(Number(port), hostname, () => socket.write('GET /live.m3u8 HTTP/1.0\r\n\r\n'));
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain(`http://${host}/live/index.m3u8`);
  });

  it('explains what to do, in the asker’s language, as a page in a browser', async () => {
    const page = { host: 'tv.example', accept: 'text/html', 'accept-language': 'fr' };
    const { body, headers } = await ask(page);
    expect(headers['content-type']).toMatch(/^text\/html/);
    expect(body).toContain('entrez cette adresse sur sa page de configuration');
    // No button leads anywhere: all of it is refused by that name.
    expect(body).not.toMatch(/href|<form/);
    expect((await ask({ host: 'tv.example' })).json().error.message).toContain(
      'enter this address on its set-up page',
    );
  });

  it('behind a proxy checks both names', async () => {
    const forwarded = (name: string, host = '10.0.0.2:8002') => ask({ host, 'x-forwarded-host': name });
    fake = await startFakeHttp({ publicUrl, trustProxy: true });
    expect((await forwarded('tv.example.org')).statusCode).toBe(200);
    expect((await forwarded('evil.example')).statusCode).toBe(421);
    // A page can add the header, and cannot change Host.
    expect((await forwarded('tv.example.org', 'evil.example')).statusCode).toBe(421);
  });

  it('ignores the headers of an unknown proxy', async () => {
    fake = await startFakeHttp({ publicUrl });
    expect((await ask({ host: 'evil.example', 'x-forwarded-host': 'tv.example.org' })).statusCode).toBe(421);
    expect((await ask({ host: '10.0.0.2', 'x-forwarded-host': 'evil.example' })).statusCode).toBe(200);
  });
});

describe('the server’s own names', () => {
  it('include the public address in any spelling', () => {
    for (const url of ['https://TV.example', 'http://tv.example:8002', 'https://tv.example./x'])
      expect(isOurName('tv.example', url)).toBe(true);
    expect(isOurName('xn--tl-bjab.example', 'https://télé.example')).toBe(true);
    expect(isOurName('tv.example', null)).toBe(false);
  });
});
