import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ask } from '../../src/doctor/probes.ts';
import { tryAddress } from '../../src/doctor/try-address.ts';

const HOST = 'tv.example.org';
type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A fetch that finds every name at one server, and notes what it is asked for. */
async function worldOf(server: Server, scheme = 'http'): Promise<{ ask: Ask; asked: string[] }> {
  servers.push(server);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  const asked: string[] = [];
  const ask: Ask = (url, init) => {
    asked.push(url);
    return fetch(url.replace(/^https?:\/\/[^/]+/, `${scheme}://127.0.0.1:${port}`), init);
  };
  return { ask, asked };
}

/** What the server of the test answers, by the path. */
async function tried(typed: string, answers: Record<string, Handler>) {
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const answer = answers[request.url ?? ''];
    if (answer) void answer(request, response);
    else response.writeHead(404).end();
  };
  const { ask, asked } = await worldOf(createServer(handle));
  return { result: await tryAddress(typed, 'me', ask), asked };
}

const says =
  (instance: string, host = HOST): Handler =>
  (_request, response) =>
    void response.end(JSON.stringify({ instance, host, protocol: 'https' }));
const sendsAsItComes: Handler = async (_request, response) => {
  response.write('data: 1\n\n');
  await sleep(600);
  response.end('data: 2\n\n');
};
const holdsBack: Handler = async (_request, response) => {
  await sleep(600);
  response.end('data: 1\n\ndata: 2\n\n');
};
/** Writes until nobody reads any more, and counts the bytes. */
function endless(piece: string, counter: { bytes: number }): Handler {
  return (_request, response) => {
    const write = (): void => {
      let goesOn = !response.destroyed;
      while (goesOn) {
        goesOn = response.write(piece);
        counter.bytes += piece.length;
      }
    };
    response.on('drain', write).on('error', () => {});
    write();
  };
}

describe('an address as people type it', () => {
  const nobody: Ask = async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ENOTFOUND' }) });
  };

  it.each<[typed: string, url: string]>([
    ['tv.example.org', 'https://tv.example.org'],
    ['  TV.Example.org/ ', 'https://tv.example.org'],
    ['"tv.example.org"', 'https://tv.example.org'],
    ['<https://tv.example.org>', 'https://tv.example.org'],
    ['http://tv.example.org:8080', 'http://tv.example.org:8080'],
    ['tv.example.org:8443', 'https://tv.example.org:8443'],
    ['https://tv.example.org/tv/', 'https://tv.example.org/tv'],
    ['https://tv.example.org/?key=secret#top', 'https://tv.example.org'],
    ['192.168.1.20:8002', 'http://192.168.1.20:8002'],
    ['nas.local', 'http://nas.local'],
    ['[fd00::5]:8002', 'http://[fd00::5]:8002'],
    ['203.0.113.7', 'https://203.0.113.7'],
    ['fernsehen.münchen.example', 'https://fernsehen.xn--mnchen-3ya.example'],
  ])('is understood: %s', async (typed, url) => {
    expect(await tryAddress(typed, 'me', nobody)).toEqual({
      url,
      is: 'unreachable',
      isHttps: url.startsWith('https'),
      eventsPass: null,
    });
  });

  it.each<[typed: string]>([
    [''],
    ['my tv'],
    ['ftp://tv.example.org'],
    ['javascript:alert(1)'],
    ['file:///etc/passwd'],
    ['http://'],
    ['https://ada:secret@tv.example.org'],
    ['https://:secret@tv.example.org'],
    ['http://169.254.169.254/latest/meta-data'],
    ['http://2852039166'],
    ['http://[::ffff:169.254.169.254]'],
    ['http://[fd00:ec2::254]'],
  ])('is none, and nobody is asked: %s', async (typed) => {
    const { result, asked } = await tried(typed, {});
    expect(result.is).toBe('no_address');
    expect(asked).toEqual([]);
  });

  it.each<[typed: string]>([
    ['localhost:8002'],
    ['localhost.:8002'],
    ['tv.localhost'],
    ['127.0.0.1'],
    ['http://127.1'],
    ['http://2130706433'],
    ['[::1]:8002'],
    ['0.0.0.0:8002'],
    ['http://0:8002'],
    ['[::]:8002'],
    ['http://[::ffff:127.0.0.1]:8002'],
  ])('is of use on this machine alone, and nobody is asked: %s', async (typed) => {
    const { result, asked } = await tried(typed, {});
    expect(result.is).toBe('local');
    expect(asked).toEqual([]);
  });
});

it('anything that is typed gets an answer, and asks for http or https alone', async () => {
  const asked: string[] = [];
  const ask: Ask = async (url) => {
    asked.push(url);
    return new Response('{}');
  };
  const parts = fc.constantFrom(
    'http://',
    'https:',
    '//',
    '[',
    ']',
    '::1',
    '@',
    '..',
    '%',
    '#',
    '\0',
    'é',
    '169.254.',
  );
  const typed = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.webUrl(),
    fc.array(parts).map((all) => all.join('')),
  );
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      expect(['foreign', 'local', 'no_address']).toContain((await tryAddress(text, 'me', ask)).is);
    }),
    { numRuns: 3_000 },
  );
  expect(asked.length).toBeGreaterThan(100);
  for (const url of asked) expect(url).toMatch(/^https?:\/\/[^@/]+\/(?:.*\/)?reach$/);
});

describe('what is at an address', () => {
  it('is this server, also with events that pass as they come', async () => {
    const { result, asked } = await tried(HOST, { '/reach': says('me'), '/reach/events': sendsAsItComes });
    expect(result).toEqual({ url: `https://${HOST}`, is: 'reached', isHttps: true, eventsPass: true });
    expect(asked).toEqual([`https://${HOST}/reach`, `https://${HOST}/reach/events`]);
  });

  it('is this server below a path', async () => {
    const { result } = await tried(`${HOST}/tv`, { '/tv/reach': says('me') });
    expect(result).toMatchObject({ url: `https://${HOST}/tv`, is: 'reached' });
  });

  it('is a proxy that holds events back', async () => {
    const { result } = await tried(HOST, { '/reach': says('me'), '/reach/events': holdsBack });
    expect(result).toMatchObject({ is: 'reached', eventsPass: false });
  });

  it('is a proxy that changes the Host header', async () => {
    const { result } = await tried(HOST, { '/reach': says('me', '127.0.0.1:8002') });
    expect(result).toMatchObject({ is: 'renamed', eventsPass: null });
  });

  it.each<[what: string, answer: Handler]>([
    ['another Zapette', says('somebody else')],
    ['a web page', (_request, response) => void response.end('<html>Welcome</html>')],
    ['an empty answer', (_request, response) => void response.end()],
    ['JSON of another kind', (_request, response) => void response.end('[{"instance":"me"}]')],
  ])('is something else: %s', async (_what, answer) => {
    const { result, asked } = await tried(HOST, { '/reach': answer });
    expect(result).toMatchObject({ is: 'foreign', eventsPass: null });
    expect(asked).toHaveLength(1);
  });

  it('is a server with a certificate of its own making', async () => {
    const [key, cert] = ['key', 'self-signed'].map((name) =>
      readFileSync(new URL(`../fakes/certificates/${name}.pem`, import.meta.url)),
    );
    const { ask } = await worldOf(createSecureServer({ key, cert }), 'https');
    expect(await tryAddress(HOST, 'me', ask)).toMatchObject({ is: 'certificate', isHttps: true });
  });

  it('is nothing: the connection is cut', async () => {
    const { result } = await tried(HOST, { '/reach': ({ socket }) => void socket.destroy() });
    expect(result).toMatchObject({ is: 'unreachable' });
  });
});

describe('a redirect', () => {
  const to =
    (location: string): Handler =>
    (_request, response) =>
      void response.writeHead(302, { location }).end();

  it('from http to https of the same name leads to the address that counts', async () => {
    let isSecond = false;
    const answer: Handler = (request, response) => {
      void (isSecond ? says('me') : to(`https://${HOST}/reach`))(request, response);
      isSecond = true;
    };
    const { result } = await tried(`http://${HOST}`, { '/reach': answer });
    expect(result).toMatchObject({ url: `https://${HOST}`, is: 'reached', isHttps: true });
  });

  it.each([
    ['http://169.254.169.254/latest/meta-data'],
    ['http://192.168.1.1/reboot'],
    ['https://evil.example/reach'],
    ['/reach'],
    ['https://'],
  ])('is not followed to %s', async (location) => {
    const { result, asked } = await tried(`http://${HOST}`, { '/reach': to(location) });
    expect(result.is).toBe('foreign');
    expect(asked).toEqual([`http://${HOST}/reach`]);
  });

  it('of the event stream is not followed either', async () => {
    let visits = 0;
    const inside: Handler = (_request, response) => {
      visits += 1;
      response.end();
    };
    const { result } = await tried(HOST, {
      '/reach': says('me'),
      '/reach/events': to('/inside'),
      '/inside': inside,
    });
    expect(result).toMatchObject({ is: 'reached', eventsPass: false });
    expect(visits).toBe(0);
  });
});

describe('an answer without end', () => {
  const MOST = 8 * 1024 * 1024;

  it('is left alone after its beginning', async () => {
    const counter = { bytes: 0 };
    const { result } = await tried(HOST, { '/reach': endless('x'.repeat(64 * 1024), counter) });
    expect(result.is).toBe('foreign');
    expect(counter.bytes).toBeLessThan(MOST);
  });

  it('in place of the event stream as well', async () => {
    const counter = { bytes: 0 };
    const stream = endless('data: 1\n\n'.repeat(8_000), counter);
    const { result } = await tried(HOST, { '/reach': says('me'), '/reach/events': stream });
    expect(result).toMatchObject({ is: 'reached', eventsPass: false });
    expect(counter.bytes).toBeLessThan(MOST);
  });
});
