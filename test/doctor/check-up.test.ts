import { describe, expect, it } from 'vitest';
import { checkUp, type Finding } from '../../src/doctor/check-up.ts';
import type { AccountFacts, Facts, GuideFacts, PastFacts } from '../../src/doctor/facts.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { GuideTrouble } from '../../src/domain/guide-trouble.ts';
import { accountId, mainAccount } from '../../src/domain/ids.ts';

const now = Date.UTC(2026, 0, 10, 12);
const HOUR = 3_600_000;
const MINUTE = 60_000;
const account = {
  status: 'Active',
  expiresAt: Date.UTC(2026, 11, 24),
  maxConnections: 2,
  activeConnections: 1,
  outputFormats: ['ts'],
} as const;
const list = { channels: 12_000, refreshedAt: now - 3 * HOUR, failure: null };
const main: AccountFacts = {
  id: mainAccount,
  answer: account,
  slots: { capacity: 2, limit: { origin: 'told' as const }, holders: ['TF1'] },
  list,
};
const healthy: Facts = {
  ffmpeg: { version: '7.1', bundled: false },
  isDemo: false,
  accounts: [main],
  accountsOff: [],
  publicUrl: { url: 'https://tv.example', is: 'reached' },
  discovery: 'off',
  guides: [],
  jellyfin: 'off',
  bots: { discord: 'on', telegram: 'off' },
  here: { id: '-100123', lacks: [] },
  disk: { path: '/data', free: 5e9, isWritable: true },
  pasts: { wanted: 0, screens: [] },
  recordings: null,
  seats: null,
  edges: [],
  database: { trouble: null, restored: null },
  ahead: 2_000,
  now,
};

/** The facts of one account, which are healthy but for these. */
function of(facts: Partial<AccountFacts>): Partial<Facts> {
  return { accounts: [{ ...main, ...facts }] };
}

/** Its address in XMLTV_URLS, or the guide of the account for place 0. */
function guideAt(place: number, trouble: GuideTrouble | null): GuideFacts {
  return { account: place === 0 ? mainAccount : null, place, trouble };
}

/** The pasts of screens, of which half an hour is wanted. */
function pastsOf(...screens: readonly PastFacts[]): Partial<Facts> {
  return { pasts: { wanted: 30 * MINUTE, screens } };
}

function finding(facts: Partial<Facts>, topic: string): Finding | undefined {
  return checkUp({ ...healthy, ...facts }, 'en').find((each) => each.topic === topic);
}

describe('recordings', () => {
  const recorded: NonNullable<Facts['recordings']> = {
    ...{ disk: { path: '/rec', free: 5e9, isWritable: true }, leastFree: 1e9 },
    ...{ complete: 3, incomplete: 0, failed: 0, reason: null },
  };
  const said = (facts: Partial<typeof recorded>, language: 'en' | 'fr' = 'en') => {
    const all = checkUp({ ...healthy, recordings: { ...recorded, ...facts } }, language, ['recordings']);
    return all.flatMap(({ mark, text }) => [mark, text]);
  };

  it('are no subject where there are none', () => {
    expect(checkUp(healthy, 'en', ['recordings'])).toEqual([]);
  });

  it('are good where all were complete', () => {
    expect(said({})).toEqual(['good', '3 in the last 7 days, all complete']);
    expect(said({ complete: 0 })).toEqual(['good', 'none in the last 7 days']);
  });

  it('are bad where nothing can be written', () => {
    const [mark, text] = said({ disk: { path: '/rec', free: 5e9, isWritable: false } });
    expect([mark, text]).toEqual(['bad', expect.stringContaining('RECORDINGS_DIR')]);
  });

  it('are bad where too little is free, with what to do', () => {
    const [mark, text] = said({ disk: { path: '/rec', free: 4e8, isWritable: true } });
    expect(mark).toBe('bad');
    expect(text).toContain('only 400 MB are free and RECORDINGS_FREE_GB keeps 1 GB: free some space');
  });

  it('are a warning where some are not complete, with the commonest reason', () => {
    const reason = { code: 'channel_dead', params: {} } as const;
    expect(said({ incomplete: 2, failed: 1, reason })).toEqual([
      'warning',
      'in the last 7 days 3 complete, 2 incomplete, 1 failed. Mostly: The provider does not have this channel right now: try another version of it.',
    ]);
    expect(said({ failed: 1, reason }, 'fr')[1]).toContain('Le plus souvent : Le fournisseur');
  });
});

describe('checkUp', () => {
  it('finds nothing wrong with a healthy server', () => {
    const findings = checkUp(healthy, 'en');
    // A bot that nobody has set up is neither good nor bad.
    const markOf = (subject: string) => (subject === 'telegram' ? 'off' : 'good');
    expect(findings.map(({ mark }) => mark)).toEqual(findings.map(({ subject }) => markOf(subject)));
    expect(findings.map(({ topic, text }) => `${topic}: ${text}`)).toEqual([
      'FFmpeg: 7.1',
      'Account: good until December 24, 2026, 2 connections',
      'Connections: 1 of 2 in use: TF1',
      'Channel list: 12000 channels, 3 h old',
      'Address for others: https://tv.example leads here',
      'Discord: on',
      'Telegram: off: it has no token. You can enter one on the set-up page.',
      'My rights here: all I need (this chat’s id is -100123)',
      'Disk: 5 GB free in DATA_DIR',
      'Clock: right',
    ]);
  });

  it.each<[what: string, topic: string, facts: Partial<Facts>, mark: string, text: RegExp]>([
    ['an old FFmpeg', 'FFmpeg', { ffmpeg: { version: '4', bundled: true } }, 'warning', /install a current/],
    ['players that find the server', 'HDHomeRun', { discovery: 'on' }, 'good', /by themselves/],
    [
      'another program on the port that players look at',
      'HDHomeRun',
      { discovery: 'port_taken' },
      'warning',
      /UDP port 65001/,
    ],
    [
      'players that may not find the server',
      'HDHomeRun',
      { discovery: 'key_needed' },
      'warning',
      /Televisions and players/,
    ],
    ['a Jellyfin that listens', 'Jellyfin', { jellyfin: 'works' }, 'good', /anew after a switch/],
    ['one that has no guide of ours', 'Jellyfin', { jellyfin: 'no_guide' }, 'warning', /add XMLTV.*epg\.xml/],
    [
      'further guides that were read',
      'Guide',
      { guides: [0, 1, 2].map((place) => guideAt(place, null)) },
      'good',
      /^2 further guides, all read$/,
    ],
    [
      'a further guide that is refused',
      'Guide',
      { guides: [guideAt(1, null), guideAt(2, 'refused')] },
      'warning',
      /^address 2 of XMLTV_URLS is refused: check the key in it\.$/,
    ],
    [
      'a guide of the only account that does not arrive',
      'Guide',
      { guides: [guideAt(0, 'unreachable')] },
      'warning',
      /^the provider’s guide does not arrive: I keep trying\.$/,
    ],
    [
      'a guide that one of two accounts does not have',
      'Guide',
      {
        accounts: [main, { ...main, id: accountId('x2') }],
        guides: [guideAt(0, null), { account: accountId('x2'), place: 0, trouble: 'missing' }],
      },
      'warning',
      /^the provider’s guide \(subscription 2\) does not exist: set XMLTV_URLS/,
    ],
    [
      'an upload that is enough',
      'Upload',
      { seats: { upload: 20e6, bitrate: 6.4e6, taken: 3 } },
      'good',
      /^enough for 3 viewers away from home at 6\.4 Mb\/s; 3 watch now$/,
    ],
    [
      'more viewers than the upload carries',
      'Upload',
      { seats: { upload: 10e6, bitrate: 6.4e6, taken: 2 } },
      'warning',
      /^enough for 1 viewer away from home at 6\.4 Mb\/s, but 2 watch: .*SEGMENTS_URL/,
    ],
    [
      'edges that work',
      'Edges',
      { edges: [{ url: 'https://a.example', works: true }] },
      'good',
      /^one, which works$/,
    ],
    [
      'an edge that is lost',
      'Edges',
      {
        edges: [
          { url: 'https://a.example', works: true },
          { url: 'https://b.example', works: false },
        ],
      },
      'warning',
      /^https:\/\/b\.example does not answer.*ORIGIN_HOST/,
    ],
    [
      'a past that is as long as it should be',
      'Rewind',
      pastsOf({ screen: 'Live', length: 31 * MINUTE, trouble: null }),
      'good',
      /^30 min$/,
    ],
    [
      'a past that only just began',
      'Rewind',
      pastsOf({ screen: 'Live', length: 0, trouble: null }),
      'good',
      /^0 min$/,
    ],
    [
      'a past that a full disk cuts short, beside another one',
      'Rewind',
      pastsOf(
        { screen: 'Live', length: 30 * MINUTE, trouble: null },
        { screen: 'Sport', length: 12.9 * MINUTE, trouble: 'disk_full' },
      ),
      'warning',
      /^Live: 30 min · Sport: 12 of 30 min – the disk of DATA_DIR is full: free some space\.$/,
    ],
    [
      'pasts for which the disk has too little room',
      'Rewind',
      pastsOf(
        { screen: 'Live', length: 9 * MINUTE, trouble: 'disk_share' },
        { screen: 'Sport', length: 8 * MINUTE, trouble: 'disk_share' },
      ),
      'warning',
      /^Live: 9 of 30 min · Sport: 8 of 30 min – it may take a tenth of the free space: [^–]*$/,
    ],
    [
      'a past that cannot be written',
      'Rewind',
      pastsOf({ screen: 'Live', length: 0, trouble: 'disk_unwritable' }),
      'warning',
      /cache\/rewind cannot be written/,
    ],
    [
      'a disk that is too slow for the past',
      'Rewind',
      pastsOf({ screen: 'Live', length: 0, trouble: 'disk_slow' }),
      'warning',
      /too slow/,
    ],
    ['the demo', 'Account', { isDemo: true }, 'warning', /set-up page, under Channels/],
    [
      'a certificate that is not accepted',
      'Account',
      of({
        answer: new AppError('provider_certificate', { detail: 'CERT_HAS_EXPIRED', fingerprint: 'AB12' }),
      }),
      'bad',
      /CERT_HAS_EXPIRED.*TLS_ACCEPT to AB12$/,
    ],
    [
      'a refused account',
      'Account',
      of({ answer: new AppError('account_refused') }),
      'bad',
      /correct them on the set-up page/,
    ],
    [
      'an account that ends soon',
      'Account',
      of({ answer: { ...account, expiresAt: now + 3 * 24 * HOUR } }),
      'warning',
      /January 13, 2026: renew/,
    ],
    ['one without an end', 'Account', of({ answer: { ...account, expiresAt: null } }), 'good', /^good, 2/],
    [
      'another device on the account',
      'Connections',
      of({ answer: { ...account, activeConnections: 3 } }),
      'warning',
      /2 connections that are not mine/,
    ],
    [
      'no list yet',
      'Channel list',
      of({ list: { channels: 0, refreshedAt: null, failure: null } }),
      'bad',
      /still being loaded/,
    ],
    [
      'a failed refresh',
      'Channel list',
      of({ list: { ...list, failure: new AppError('provider_unreachable') } }),
      'warning',
      /address on the set-up page/,
    ],
    [
      'a failure that is none of ours, whose words may hold the account',
      'Channel list',
      of({
        list: {
          ...list,
          failure: new AppError('internal', {}, { cause: new Error('http://panel/user/pass') }),
        },
      }),
      'warning',
      /^the last refresh failed: the log says why\.$/,
    ],
    [
      'an old list',
      'Channel list',
      of({ list: { ...list, refreshedAt: now - 30 * HOUR } }),
      'warning',
      /30 h old: reload it with \/admin reload/,
    ],
    [
      'no address',
      'Address for others',
      { publicUrl: { url: null, is: 'unset' } },
      'warning',
      /enter it on the set-up page/,
    ],
    [
      'no address, which nobody needs without a bot',
      'Address for others',
      { publicUrl: { url: null, is: 'unset' }, bots: { discord: 'off', telegram: 'off' } },
      'off',
      /enter it on the set-up page/,
    ],
    [
      'a proxy that changes names',
      'Address for others',
      { publicUrl: { url: 'http://x', is: 'renamed' } },
      'bad',
      /Host/,
    ],
    [
      'an address of others',
      'Address for others',
      { publicUrl: { url: 'http://x', is: 'foreign' } },
      'bad',
      /proxy/,
    ],
    [
      'an address that is dead',
      'Address for others',
      { publicUrl: { url: 'http://x', is: 'unreachable' } },
      'warning',
      /router/,
    ],
    ['a refused bot', 'Telegram', { bots: { discord: 'on', telegram: 'refused' } }, 'bad', /enter a new one/],
    [
      'a bot out of reach',
      'Discord',
      { bots: { discord: 'unreachable', telegram: 'on' } },
      'bad',
      /keep trying/,
    ],
    [
      'missing rights',
      'My rights here',
      { here: { id: '1', lacks: ['send', 'embed'] } },
      'warning',
      /Send Messages, Embed Links/,
    ],
    ['little room', 'Disk', { disk: { ...healthy.disk, free: 4e8 } }, 'warning', /only 400 MB/],
    ['no room', 'Disk', { disk: { ...healthy.disk, free: 5e7 } }, 'bad', /free some space/],
    [
      'a disk that cannot be written',
      'Disk',
      { disk: { ...healthy.disk, isWritable: false } },
      'bad',
      /\/data/,
    ],
    ['a slow clock', 'Clock', { ahead: -120_000 }, 'warning', /120 s/],
  ])('judges %s', (_, topic, facts, mark, text) => {
    const found = finding(facts, topic);
    expect(found?.mark).toBe(mark);
    expect(found?.text).toMatch(text);
  });

  it.each<[string, Partial<Facts>]>([
    [
      'of an account that fails itself',
      { ...of({ answer: new AppError('account_expired') }), guides: [guideAt(0, 'refused')] },
    ],
    ['that a further guide makes up for', { guides: [guideAt(0, 'not_xmltv'), guideAt(1, null)] }],
    ['that was read', { guides: [guideAt(0, null)] }],
  ])('says nothing bad of a guide %s', (_, facts) => {
    expect(finding(facts, 'Guide')?.mark ?? 'good').toBe('good');
  });

  it.each([
    ['set', '1 of 2 in use: TF1'],
    ['learned', '1 of 2 in use: TF1 (learned: the provider refused one more; it is tried again after a day)'],
    ['assumed', '1 in use: TF1 (the provider does not say how many it allows)'],
  ] as const)('says where a limit comes from that is %s', (origin, text) => {
    const account = { ...main, slots: { ...main.slots, limit: { origin } } };
    expect(checkUp({ ...healthy, accounts: [account] }, 'en', ['slots'])).toMatchObject([{ text }]);
  });

  it('judges each of several accounts, and names those that are not in use', () => {
    const second = { ...main, id: accountId('x2'), answer: new AppError('account_expired') };
    const facts = { ...healthy, accounts: [main, second], accountsOff: [accountId('m1')] };
    const found = checkUp(facts, 'en', ['account', 'slots']).map(({ mark, topic }) => `${mark} ${topic}`);
    expect(found).toEqual([
      'good Account (subscription 1)',
      'bad Account (subscription 2)',
      'off Account (list 1)',
      'good Connections (subscription 1)',
      'good Connections (subscription 2)',
    ]);
  });

  it('has no finding about the chat or its clock outside a chat', () => {
    const doctorSubjects = checkUp({ ...healthy, here: null, ahead: null }, 'en').map(
      ({ subject }) => subject,
    );
    expect(doctorSubjects).not.toContain('here');
    expect(doctorSubjects).not.toContain('clock');
    expect(doctorSubjects).toContain('disk');
  });

  it('answers in French', () => {
    const text = checkUp(healthy, 'fr')
      .map((each) => `${each.topic} ${each.text}`)
      .join('\n');
    expect(text).toContain('Compte bon jusqu’au 24 décembre 2026, 2 connexions');
    expect(text).toMatch(/Disque 5\sGo libres/);
  });
});
