import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProviderHttp } from '../../../src/app/create-provider-http.ts';
import { mainAccount } from '../../../src/domain/ids.ts';
import { ProviderHttp } from '../../../src/lib/provider-http/provider-http.ts';
import { acceptValidOnly } from '../../../src/lib/provider-http/tls-accept.ts';
import { AddressGuard } from '../../../src/stream/tuner/address-guard.ts';
import { readHls } from '../../../src/stream/tuner/upstream-hls.ts';
import { XtreamClient } from '../../../src/xtream/client.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { mainId } from '../../fakes/main-id.ts';

/** What names lead to, each time that they are looked up; the last answer goes on. */
type Names = Record<string, readonly (readonly string[])[]>;

let server: Server;
let location = '';
let playlist = '';
const asked: (string | undefined)[] = [];
const port = () => String((server.address() as AddressInfo).port);
const filled = (address: string) => address.replace('{port}', port());

beforeEach(async () => {
  asked.length = 0;
  server = createServer(({ url }, response) => {
    asked.push(url);
    if (url === '/away') response.writeHead(302, { location: filled(location) }).end();
    else response.end(url === '/index.m3u8' ? playlist : 'here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
});

function resolver(names: Names): LookupFunction {
  const left = new Map(Object.entries(names).map(([name, answers]) => [name, [...answers]]));
  return (hostname, _options, callback) => {
    const answers = left.get(hostname) ?? [];
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

/** Asks for an address as a provider with that home leads there. @returns what was said, or the error's code. */
async function ask(url: string, home: string, names: Names = {}): Promise<string> {
  const guard = new AddressGuard({ home: filled(home), hasNeighbours: true, lookUp: resolver(names) });
  const options = {
    headers: {},
    signal: AbortSignal.timeout(5_000),
    timeouts: { connect: 1_000, firstByte: 1_000, silence: 1_000 },
  };
  const http = new ProviderHttp({ accept: acceptValidOnly, admit: (address) => guard.admit(address) });
  return http.get(filled(url), options).then(
    ({ body }) => text(body),
    ({ code }: { code: string }) => code,
  );
}

const nas: Names = { 'nas.lan': [['127.0.0.9']] };

describe('AddressGuard for a provider in a local network', () => {
  it.each<[what: string, url: string, home: string, names: Names]>([
    ['its own address', 'http://127.0.0.1:{port}/', 'http://127.0.0.1:{port}', {}],
    ['another port of its own address', 'http://127.0.0.1:{port}/', 'http://127.0.0.1:1', {}],
    ['its own name', 'http://nas.lan:{port}/', 'http://nas.lan', { 'nas.lan': [['127.0.0.1']] }],
    ['an address in its network', 'http://127.0.0.1:{port}/', 'http://127.0.0.9', {}],
    ['an address in the network of its name', 'http://127.0.0.1:{port}/', 'http://nas.lan', nas],
    [
      'a name in its network',
      'http://edge.example:{port}/',
      'http://nas.lan',
      { ...nas, 'edge.example': [['127.0.0.1']] },
    ],
    [
      'the addresses of a name that are in its network',
      'http://edge.example:{port}/',
      'http://127.0.0.9',
      { 'edge.example': [['10.0.0.1', 'fd00::1', '127.0.0.1']] },
    ],
  ])('admits %s', async (_, url, home, names) => {
    expect(await ask(url, home, names)).toBe('here');
  });

  it.each([
    'http://127.0.0.1:{port}/',
    'http://localhost:{port}/',
    'http://0.0.0.0:{port}/',
    'http://[::]:{port}/',
    'http://10.0.0.1:{port}/',
    'http://100.64.0.1/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
  ])('refuses other networks and this machine: %s', async (url) => {
    expect(await ask(url, 'http://192.168.1.5', { localhost: [['::1', '127.0.0.1']] })).toBe(
      'address_inside',
    );
    expect(asked).toEqual([]);
  });

  it('refuses a cloud’s metadata service in the same network', async () => {
    expect(await ask('http://169.254.169.254/latest/', 'http://169.254.7.7')).toBe('address_inside');
    expect(await ask('http://[fd00:ec2::254]/', 'http://[fd00::1]')).toBe('address_inside');
  });
});

describe('AddressGuard for a provider on the internet', () => {
  const home = 'http://203.0.113.7';

  it.each([
    'http://127.0.0.1:{port}/',
    'http://2130706433:{port}/',
    'http://0x7f.1:{port}/',
    'http://0177.0.0.1:{port}/',
    'http://127.1:{port}/',
    'http://127.0.0.1.:{port}/',
    'http://[::1]:{port}/',
    'http://[::ffff:127.0.0.1]:{port}/',
    'http://[64:ff9b::7f00:1]:{port}/',
    'http://[2002:7f00:1::]:{port}/',
    'http://rebound.example:{port}/',
    'http://169.254.169.254/latest/meta-data/',
    'http://192.168.1.1/',
  ])('refuses %s', async (url) => {
    expect(await ask(url, home, { 'rebound.example': [['127.0.0.1']] })).toBe('address_inside');
    expect(asked).toEqual([]);
  });

  it('refuses a redirect to this machine', async () => {
    location = 'http://10.9.8.7/secret';
    expect(await ask('http://127.0.0.1:{port}/away', 'http://127.0.0.1:{port}')).toBe('address_inside');
    location = 'http://127.0.0.1:{port}/edge';
    expect(await ask('http://127.0.0.1:{port}/away', 'http://127.0.0.1:{port}')).toBe('here');
    expect(asked).toEqual(['/away', '/away', '/edge']);
  });
});

describe('AddressGuard for public addresses in this machine’s network', () => {
  const near = '203.0.113.';
  const admit = (home: string, address: string) =>
    new AddressGuard({ home, hasNeighbours: true, isNear: (each) => each.startsWith(near) })
      .admit(new URL(address))
      .then(
        () => 'admitted',
        ({ code }: { code: string }) => code,
      );

  it.each([
    ['http://198.51.100.7', 'address_inside'],
    ['http://192.168.1.5', 'address_inside'],
    ['http://203.0.113.7', 'admitted'],
  ])('judges a neighbour of this machine for a provider at %s: %s', async (home, expected) => {
    expect(await admit(home, 'http://203.0.113.9/')).toBe(expected);
    expect(await admit(home, 'http://198.51.100.9/')).toBe('admitted');
  });
});

describe('AddressGuard for the provider’s own name', () => {
  const lookUp = async (guard: AddressGuard, hostname: string) => {
    const lookup = await guard.admit(new URL(`http://${hostname}`));
    return new Promise((resolve) => {
      lookup(hostname, { all: true }, (error, addresses) =>
        resolve(
          error
            ? (error as { code?: string }).code
            : (addresses as { address: string }[]).map(({ address }) => address),
        ),
      );
    });
  };
  const reachOf = (hostname: string, answers: readonly (readonly string[])[]) =>
    new AddressGuard({
      home: `http://${hostname}`,
      hasNeighbours: true,
      lookUp: resolver({ [hostname]: answers }),
    });

  it('refuses our network once the name has led to the internet', async () => {
    const guard = reachOf('panel.example', [['203.0.113.7'], ['192.168.1.1'], ['127.0.0.1', '203.0.113.8']]);
    expect(await lookUp(guard, 'panel.example')).toEqual(['203.0.113.7']);
    expect(await lookUp(guard, 'panel.example')).toBe('address_inside');
    expect(await lookUp(guard, 'panel.example')).toEqual(['203.0.113.8']);
  });

  it('admits our network from the start, as in a household with its own DNS', async () => {
    const guard = reachOf('panel.example', [['192.168.1.1'], ['192.168.1.2']]);
    expect(await lookUp(guard, 'panel.example')).toEqual(['192.168.1.1']);
    expect(await lookUp(guard, 'panel.example')).toEqual(['192.168.1.2']);
  });

  it('refuses a cloud’s metadata service', async () => {
    const guard = reachOf('panel.example', [['169.254.169.254']]);
    expect(await lookUp(guard, 'panel.example')).toBe('address_inside');
  });

  it('admits a local name wherever it leads', async () => {
    const guard = reachOf('nas.local', [['2001:db8::1', 'fd00::1'], ['fd00::1']]);
    expect(await lookUp(guard, 'nas.local')).toEqual(['2001:db8::1', 'fd00::1']);
    expect(await lookUp(guard, 'nas.local')).toEqual(['fd00::1']);
  });
});

describe('AddressGuard for a playlist', () => {
  const inside = 'http://10.9.8.7/x';

  it.each([
    ['segments', `#EXTINF:4,\n${inside}`],
    ['keys', `#EXT-X-KEY:METHOD=AES-128,URI="${inside}"\n#EXTINF:4,\n1.ts`],
    ['initialisation sections', `#EXT-X-MAP:URI="${inside}"\n#EXTINF:4,\n1.ts`],
  ])('refuses this machine in its %s', async (_, lines) => {
    playlist = `#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:4\n${lines}\n#EXT-X-ENDLIST\n`;
    const url = filled('http://127.0.0.1:{port}/index.m3u8');
    const http = createProviderHttp({ add() {} }, url, acceptValidOnly);
    const parts = readHls(
      { channelId: mainId(1), url, format: 'm3u8', userAgent: 'test' },
      {
        http,
        signal: new AbortController().signal,
        timeouts: { firstByte: 1_000, silence: 1_000 },
        clock: new FakeClock(),
      },
    );
    await expect(parts.next()).rejects.toMatchObject({ code: 'address_inside' });
    expect(asked).toEqual(['/index.m3u8']);
    http.close();
  });
});

describe('AddressGuard for a panel', () => {
  it.each(['http://10.9.8.7/player_api.php', 'http://169.254.169.254/latest/meta-data/', '//[fd00::1]/'])(
    'refuses a redirect of the API to %s',
    async (elsewhere) => {
      const panel = createServer((_, response) => response.writeHead(302, { location: elsewhere }).end());
      await new Promise<void>((resolve) => panel.listen(0, '127.0.0.1', resolve));
      const baseUrl = `http://127.0.0.1:${(panel.address() as AddressInfo).port}`;
      const http = createProviderHttp({ add() {} }, baseUrl, acceptValidOnly);
      const client = new XtreamClient({
        accountId: mainAccount,
        baseUrl,
        username: 'u',
        password: 'p',
        userAgent: 'test',
        http,
      });
      await expect(client.login()).rejects.toMatchObject({ code: 'address_inside' });
      await expect(client.liveStreams()).rejects.toMatchObject({ code: 'address_inside' });
      http.close();
      panel.closeAllConnections();
      await new Promise((resolve) => panel.close(resolve));
    },
  );
});

it.each([
  ['http://192.168.1.20/tv.ts', true],
  ['http://[fd00::5]/tv.ts', true],
  ['http://127.0.0.1/tv.ts', false],
  ['http://[::1]/tv.ts', false],
  ['http://0.0.0.0/tv.ts', false],
  ['http://[::ffff:127.0.0.1]/tv.ts', false],
  ['http://169.254.169.254/latest', false],
])(
  'a list that is a file may lead into our networks, but not to this machine: %s',
  async (url, isAdmitted) => {
    const guard = new AddressGuard({ home: null, hasNeighbours: true, lookUp: resolver({}) });
    const admitted = await guard.admit(new URL(url)).then(
      () => true,
      () => false,
    );
    expect(admitted).toBe(isAdmitted);
  },
);
