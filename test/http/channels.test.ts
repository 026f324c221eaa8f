import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Channel } from '../../src/domain/channel.ts';
import { bearer, type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const many: Channel[] = Array.from({ length: 120 }, (_, index) => ({
  id: mainId(index + 1),
  number: index + 1,
  name: `Channel ${index + 1}`,
  categoryId: index < 10 ? '3' : null,
  logo: null,
  epgId: null,
  archiveDays: 0,
}));

let fake: FakeHttp;
const start = async (options?: FakeHttpOptions) => {
  fake = await startFakeHttp(options);
};
const stop = () => fake.stop();

/** One server for tests that only read. */
function startOnce(options?: FakeHttpOptions): void {
  beforeAll(() => start(options));
  afterAll(stop);
}

/** One server for each test, which may change it. */
function startForEach(): void {
  beforeEach(() => start());
  afterEach(stop);
}

const get = (url: string, headers: Record<string, string> = {}) => fake.app.inject({ url, headers });

describe('GET /api/channels/grouped', () => {
  const entry = (
    id: number,
    name: string,
    categoryId: string | null,
    logo: string | null = null,
  ): Channel => ({
    id: mainId(id),
    number: id,
    name,
    categoryId,
    logo,
    epgId: null,
    archiveDays: 0,
  });
  const messy = [
    entry(11, '##### FRANCE #####', '3'),
    entry(12, 'FR| TF1 HD', '3'),
    entry(13, 'FR| ARTE', '3'),
    entry(14, 'FR| TF1 UHD HEVC', '9', 'http://logos.example/14.png'),
    { ...entry(15, 'FR| TF1 FHD BACKUP', null), epgId: 'tf1.fr', archiveDays: 0 },
  ];
  const grouped = async (query: string) => (await get(`/api/channels/grouped?${query}`)).json();
  const names = async (query: string) =>
    (await grouped(query)).items.map(({ name }: { name: string }) => name);
  startOnce({ channels: messy });

  it('lists each channel once, with its variants best first, and without separators', async () => {
    expect(await grouped('')).toEqual({
      items: [
        {
          id: 12,
          guide_id: 15,
          number: 12,
          name: 'TF1',
          logo: '/api/logo/14',
          archive_days: 0,
          variants: [
            { id: 12, account: 'main', name: 'FR| TF1 HD', quality: 'HD', codec: null, kind: 'plain' },
            {
              id: 14,
              account: 'main',
              name: 'FR| TF1 UHD HEVC',
              quality: 'UHD',
              codec: 'HEVC',
              kind: 'plain',
            },
            {
              id: 15,
              account: 'main',
              name: 'FR| TF1 FHD BACKUP',
              quality: 'FHD',
              codec: null,
              kind: 'backup',
            },
          ],
        },
        expect.objectContaining({ id: 13, name: 'ARTE', logo: null }),
      ],
      total: 2,
      page: 1,
      pages: 1,
    });
  });

  it('can be searched, filtered by category, and read by page', async () => {
    expect(await names('q=arte')).toEqual(['ARTE']);
    expect(await names('category=9')).toEqual(['TF1']);
    expect(await names('category=9&q=arte')).toEqual([]);
    expect(await names('q=14')).toEqual(['TF1']);
    expect(await grouped('page_size=1&page=2')).toMatchObject({
      ...{ items: [{ name: 'ARTE' }], total: 2, page: 2, pages: 2 },
    });
    expect((await grouped('q=tf1 uhd')).items[0].variants[0].id).toBe(14);
  });

  it('finds current programmes too, after names, and within a category', async () => {
    const now = fake.clock.now();
    fake.guide.push({ title: 'Le Journal', description: '', start: now - 60_000, stop: now + 60_000 });
    expect(await names('q=journal')).toEqual([]);
    await get('/api/guide?ids=13', bearer);
    expect(await names('q=journal')).toEqual(['ARTE']);
    expect(await names('q=journal&category=9')).toEqual([]);
  });

  it('gives the neighbours of a channel, with variants counted as one', async () => {
    const around = async (id: number) => {
      const { up, down } = (await get(`/api/channels/${id}/neighbours`)).json();
      return [up?.name, down?.name];
    };
    expect(await around(12)).toEqual(['ARTE', undefined]);
    expect(await around(13)).toEqual(['TF1', undefined]);
    expect(await around(99)).toEqual([undefined, undefined]);
  });

  it('counts the categories the same way', async () => {
    expect((await get('/api/categories')).json()).toEqual({
      total: 2,
      items: [
        { id: '3', name: 'France', count: 2 },
        { id: '9', name: 'Empty', count: 1 },
      ],
    });
  });
});

describe('GET /api/guide', () => {
  startForEach();

  const guide = (ids: string, headers: Record<string, string> = bearer) =>
    get(`/api/guide?ids=${ids}`, headers);
  const hour = 3_600_000;

  it('gives the current and next programmes of all requested channels', async () => {
    const now = fake.clock.now();
    fake.guide.push(
      { title: 'Over', description: '', start: now - 2 * hour, stop: now - hour },
      { title: 'Journal', description: 'Les titres', start: now - hour, stop: now + hour },
    );
    const journal = {
      title: 'Journal',
      description: 'Les titres',
      start: new Date(now - hour).toISOString(),
      stop: new Date(now + hour).toISOString(),
    };
    expect((await guide('1,2,4711,1')).json()).toEqual({
      items: [
        { channel_id: 1, programmes: [journal] },
        { channel_id: 2, programmes: [journal] },
      ],
    });
  });

  it('gives the programmes of a time span, without asking the provider where its short guide does not reach', async () => {
    const now = fake.clock.now();
    const row = (title: string, from: number, to: number) => ({
      title,
      description: '',
      start: now + from * hour,
      stop: now + to * hour,
    });
    fake.guide.push(row('Now', -1, 1), row('Then', 2, 4), row('Later', 5, 6));
    const at = (hours: number) => new Date(now + hours * hour).toISOString();
    const titles = async (from: number, to: number) => {
      const { items } = (await guide(`1&from=${at(from)}&to=${at(to)}`)).json();
      return items[0].programmes.map(({ title }: { title: string }) => title);
    };
    expect(await titles(1, 3)).toEqual(['Then']);
    expect(await titles(-2, 20)).toEqual(expect.arrayContaining(['Now', 'Then']));
    expect(await titles(48, 54)).toEqual([]);
  });

  it('is only for people with a role, since each channel may cost a call to the provider', async () => {
    expect((await guide('1', {})).statusCode).toBe(401);
  });

  it.each([
    '1&from=2026-01-01T00:00:00Z',
    '1&to=2026-01-01T00:00:00Z',
    '1&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z',
    '1&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z',
    '1&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:01Z',
    '1&from=today&to=tomorrow',
  ])('refuses ids=%s as a bad request', async (ids) => {
    expect((await guide(ids)).json()).toMatchObject({ error: { code: 'bad_request' } });
  });

  it.each(['', '1,', 'x', '1;2', Array.from({ length: 61 }, (_, id) => id).join(',')])(
    'refuses %j as a bad request',
    async (ids) => {
      expect((await guide(ids)).json()).toMatchObject({ error: { code: 'bad_request' } });
    },
  );
});

describe('GET /api/guide/search', () => {
  startForEach();

  const search = (q: string) => get(`/api/guide/search?q=${encodeURIComponent(q)}`, bearer);

  it('finds programmes of recently requested channels, with words in any case and order', async () => {
    const now = fake.clock.now();
    fake.guide.push({ title: 'Le Grand Été', description: '', start: now - 1, stop: now + 1_000 });
    expect((await search('grand')).json()).toEqual({ items: [] });
    await get('/api/guide?ids=3', bearer);
    expect((await search('ete GRA')).json()).toMatchObject({
      items: [{ channel: { guide_id: 3, name: 'Arte' }, programme: { title: 'Le Grand Été' } }],
    });
    expect((await search('rand')).json()).toEqual({ items: [] });
    expect((await search('le')).json()).toEqual({ items: [] });
  });

  it('is for operators', async () => {
    expect((await get('/api/guide/search?q=grand', {})).statusCode).toBe(401);
  });

  it.each(['/api/guide/search', `/api/guide/search?q=${'x'.repeat(201)}`])(
    'refuses %s as a bad request',
    async (path) => {
      expect((await get(path, bearer)).json()).toMatchObject({ error: { code: 'bad_request' } });
    },
  );
});

describe('GET /api/channels', () => {
  startOnce();

  it('lists channels without the provider’s addresses', async () => {
    const response = await get('/api/channels');
    expect(response.json()).toEqual({
      items: [
        { id: 1, number: 1, name: 'TF1 HD', category_id: '3', logo: '/api/logo/1', archive_days: 0 },
        { id: 2, number: 2, name: 'Canal+', category_id: '3', logo: null, archive_days: 0 },
        { id: 3, number: null, name: 'Arte', category_id: null, logo: '/api/logo/3', archive_days: 0 },
      ],
      total: 3,
      page: 1,
      pages: 1,
    });
    expect(response.body).not.toMatch(/https?:/);
  });

  it('can be searched by name and filtered by category', async () => {
    const names = async (query: string) =>
      (await get(`/api/channels?${query}`)).json().items.map(({ name }: { name: string }) => name);
    expect(await names('q=canal')).toEqual(['Canal+']);
    expect(await names('category=3')).toEqual(['TF1 HD', 'Canal+']);
    expect(await names('q=arte&category=3')).toEqual([]);
    expect(await names('q=2')).toContain('Canal+');
    expect(await names(`q=${encodeURIComponent('<script>\u0000"\'')}`)).toEqual([]);
  });

  it.each([
    'page=0',
    'page=-1',
    'page=x',
    'page=1.5',
    'page=1e300',
    'page_size=0',
    'page_size=201',
    `q=${'x'.repeat(201)}`,
    'q=a&q=b',
    'category=1&category=2',
  ])('refuses %s as a bad request and names the wrong part', async (query) => {
    const response = await get(`/api/channels?${query}`);
    expect(response.statusCode).toBe(400);
    const { error } = response.json();
    expect(error.code).toBe('bad_request');
    expect(error.message).toContain(query.split('=')[0]);
  });
});

describe('GET /api/channels with a long or missing list', () => {
  afterEach(stop);

  it('can be read by page', async () => {
    await start({ channels: many });
    const page = async (query: string) => (await get(`/api/channels?${query}`)).json();
    expect(await page('')).toMatchObject({ total: 120, page: 1, pages: 3 });
    const last = await page('page=3');
    expect(last.items.map(({ id }: { id: number }) => id)).toEqual(
      Array.from({ length: 20 }, (_, index) => 101 + index),
    );
    expect(await page('page=4')).toMatchObject({ items: [], total: 120, page: 4, pages: 3 });
    expect((await page('page_size=200')).items).toHaveLength(120);
    expect(await page('page_size=7&page=2')).toMatchObject({ pages: 18, items: { length: 7 } });
    expect(await page('category=3')).toMatchObject({ total: 10, pages: 1 });
  });

  it('is one empty page while there is no list', async () => {
    await start({ channels: [] });
    expect((await get('/api/channels?q=x')).json()).toEqual({ items: [], total: 0, page: 1, pages: 1 });
  });
});

describe('GET /api/categories', () => {
  startOnce();

  it('counts the channels of each category', async () => {
    expect((await get('/api/categories')).json()).toEqual({
      total: 3,
      items: [
        { id: '3', name: 'France', count: 2 },
        { id: '9', name: 'Empty', count: 0 },
      ],
    });
  });
});

describe('GET /api/logo/:id', () => {
  startForEach();

  const offer = (status: number, body: string | Buffer, type: string) =>
    fake.web
      .get('http://logos.example')
      .intercept({ path: '/1.png' })
      .reply(status, body, { headers: { 'content-type': type } });

  it('serves the picture from our own address, cacheable, and fetches it once', async () => {
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
    offer(200, picture, 'image/png');
    for (let count = 0; count < 3; count++) {
      const response = await get('/api/logo/1');
      expect(response.statusCode).toBe(200);
      expect(response.rawPayload).toEqual(picture);
      expect(response.headers).toMatchObject({
        'content-type': 'image/png',
        'x-content-type-options': 'nosniff',
      });
      expect(response.headers['cache-control']).toMatch(/max-age=\d{4,}/);
    }
  });

  it('forbids everything in an SVG that is opened by itself', async () => {
    offer(
      200,
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'image/svg+xml; charset=utf-8',
    );
    const response = await get('/api/logo/1');
    expect(response.headers['content-type']).toBe('image/svg+xml');
    expect(response.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox/);
    expect(response.headers['content-security-policy']).not.toMatch(/allow-scripts/);
  });

  it.each([
    ['a web page', 200, '<html></html>', 'text/html'],
    ['a page that calls itself nothing', 200, '<html></html>', ''],
    ['a dead link', 404, '', 'image/png'],
    ['more than a megabyte', 200, Buffer.alloc(1024 * 1024 + 1), 'image/png'],
  ])('answers %s with 404', async (_, status, body, type) => {
    offer(status, body, type);
    const response = await get('/api/logo/1');
    expect(response.statusCode).toBe(404);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toMatchObject({ error: { code: 'not_found' } });
    expect(response.body).not.toContain('logos.example');
  });

  it('does not reveal the logo’s address when its server is down', async () => {
    fake.web
      .get('http://logos.example')
      .intercept({ path: '/1.png' })
      .replyWithError(new Error('ECONNREFUSED'));
    const response = await get('/api/logo/1');
    expect(response.statusCode).toBe(404);
    expect(response.body).not.toMatch(/logos\.example|ECONN/);
  });

  it('fetches the logo again once its server is back', async () => {
    const server = fake.web.get('http://logos.example');
    server.intercept({ path: '/1.png' }).replyWithError(new Error('ECONNREFUSED'));
    expect((await get('/api/logo/1')).statusCode).toBe(404);
    fake.clock.skip(24 * 3_600_000);
    offer(200, 'picture', 'image/png');
    expect((await get('/api/logo/1')).statusCode).toBe(200);
  });

  it.each([
    ['2', 404],
    ['999', 404],
    ['x', 400],
    ['1.5', 400],
    ['http%3A%2F%2Fevil.example', 404],
  ])('answers channel %s with %i', async (id, status) => {
    expect((await get(`/api/logo/${id}`)).statusCode).toBe(status);
  });
});

describe('/docs', () => {
  startOnce();

  it('describes the API', async () => {
    const response = await get('/docs/json');
    const document = response.json();
    expect(document.openapi).toMatch(/^3\./);
    expect(document.info).toMatchObject({ title: 'Zapette', version: '1.2.3' });
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/stream_status',
        '/set_active_stream',
        '/stop_stream',
        '/api/channels',
        '/api/events',
      ]),
    );
    expect(document.paths['/set_active_stream'].post.security).toEqual([{ bearer: [] }, { session: [] }]);
  });

  it('is a page without other origins', async () => {
    const seen = new Set<string>();
    const waiting = ['/docs'];
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      if (seen.has(url)) continue;
      seen.add(url);
      const response = await get(url);
      expect([url, response.statusCode]).toEqual([url, 200]);
      if (!String(response.headers['content-type']).startsWith('text/html')) continue;
      expect(response.headers['content-security-policy'] ?? '').not.toMatch(/https?:/);
      for (const [, link = ''] of response.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
        const target = new URL(link, new URL(url, 'http://self.example'));
        expect(target.origin).toBe('http://self.example');
        waiting.push(target.pathname);
      }
    }
    expect(seen.size).toBeGreaterThan(3);
    expect((await get('/docs/static/swagger-initializer.js')).body).toContain('validatorUrl: null');
  });
});
