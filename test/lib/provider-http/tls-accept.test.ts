import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkError } from '../../../src/lib/provider-http/network-error.ts';
import { ProviderHttp } from '../../../src/lib/provider-http/provider-http.ts';
import { acceptValidOnly, parseTlsAccept } from '../../../src/lib/provider-http/tls-accept.ts';

const FINGERPRINT = 'C2F614D8F39835EA13CAF199F62B6466A0910A11A90F6FB60CABAB4C8EA1D907';
const file = (name: string) => readFile(new URL(`../../fakes/certificates/${name}`, import.meta.url));

/** Self-signed. */
let server: Server;
let asked: number;
const https: ProviderHttp[] = [];

beforeEach(async () => {
  asked = 0;
  await start({});
});
afterEach(async () => {
  for (const http of https.splice(0)) http.close();
  await stop();
});

async function start(more: object): Promise<void> {
  const [key, cert] = await Promise.all([file('key.pem'), file('self-signed.pem')]);
  server = createServer({ key, cert, ...more }, (_, response) => {
    asked++;
    response.end('body');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

async function stop(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function get(accept: string, scheme = 'https', host = '127.0.0.1'): Promise<string> {
  const http = new ProviderHttp({ accept: parseTlsAccept(accept) ?? acceptValidOnly });
  https.push(http);
  const { port } = server.address() as AddressInfo;
  const answer = await http.get(`${scheme}://${host}:${port}/`, {
    headers: {},
    signal: AbortSignal.timeout(5_000),
    timeouts: { firstByte: 1_000, silence: 1_000 },
  });
  return text(answer.body);
}

describe('a self-signed certificate', () => {
  it('is refused with its fingerprint before a request is sent', async () => {
    const error = await get('').catch((reason: unknown) => reason);
    expect(networkError(error)).toMatchObject({
      code: 'CERTIFICATE',
      detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      fingerprint: FINGERPRINT,
    });
    expect(asked).toBe(0);
  });

  it.each([
    'any',
    'ANY',
    '127.0.0.1',
    'panel.example, 127.0.0.1',
    FINGERPRINT,
    `sha256:${FINGERPRINT.toLowerCase()}`,
  ])('is accepted by %s', async (accept) => {
    expect(await get(accept)).toBe('body');
  });

  it.each(['panel.example', '.0.0.1.example', '0.0.1', `${'0'.repeat(64)}`])(
    'is not accepted by %s',
    async (accept) => {
      await expect(get(accept)).rejects.toMatchObject({ code: 'CERTIFICATE' });
      expect(asked).toBe(0);
    },
  );

  it('is accepted from all subdomains of an accepted domain', async () => {
    expect(
      await get('.localhost', 'https', 'edge.localhost').catch((error: unknown) => error),
    ).not.toMatchObject({
      code: 'CERTIFICATE',
    });
  });
});

describe('a certificate of a known authority', () => {
  const known = getCACertificates('default');
  afterEach(() => setDefaultCACertificates(known));

  it('is accepted for its own names and refused for others', async () => {
    setDefaultCACertificates([...known, String(await file('self-signed.pem'))]);
    const http = new ProviderHttp({
      accept: acceptValidOnly,
      admit: async () => (_, options, callback) =>
        options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4),
    });
    https.push(http);
    const ask = (host: string) =>
      http.get(`https://${host}:${(server.address() as AddressInfo).port}/`, {
        headers: {},
        signal: AbortSignal.timeout(5_000),
        timeouts: { firstByte: 1_000, silence: 1_000 },
      });
    expect((await ask('localhost')).status).toBe(200);
    await expect(ask('panel.example')).rejects.toMatchObject({
      code: 'CERTIFICATE',
      detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(asked).toBe(1);
  });
});

describe('outdated TLS', () => {
  it('is refused, except with accepted hosts', async () => {
    await stop();
    await start({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect(networkError(await get('').catch((error: unknown) => error)).code).toMatch(/^ERR_SSL_/);
    expect(await get('any')).toBe('body');
  });
});

describe('an https address of a plain HTTP server', () => {
  it('is recognised by its error code', async () => {
    const plain = (await import('node:http')).createServer((_, response) => response.end('plain'));
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const { port } = plain.address() as AddressInfo;
    const http = new ProviderHttp({ accept: acceptValidOnly });
    const error = await http
      .get(`https://127.0.0.1:${port}/`, {
        headers: {},
        signal: AbortSignal.timeout(5_000),
        timeouts: { firstByte: 1_000, silence: 1_000 },
      })
      .catch((reason: unknown) => reason);
    expect(networkError(error).code).toMatch(/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|EPROTO/);
    http.close();
    plain.close();
  });
});

describe('parseTlsAccept', () => {
  it('parses hosts, fingerprints and any', () => {
    const colons = FINGERPRINT.replace(/(..)(?!$)/g, '$1:');
    expect(parseTlsAccept(` Panel.example , *.cdn.example, ${colons},[::1] `)).toEqual({
      isAny: false,
      hosts: ['panel.example', '.cdn.example', '::1'],
      fingerprints: [FINGERPRINT],
    });
    expect(parseTlsAccept('any')).toEqual({ isAny: true, hosts: [], fingerprints: [] });
  });

  it.each(['https://panel.example', 'a b', 'panel.example/x', '!'])('refuses %s', (text) => {
    expect(parseTlsAccept(text)).toBeNull();
  });
});
