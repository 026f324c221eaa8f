import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AccountPool } from '../../../src/accounts/account-pool.ts';
import { Slots } from '../../../src/accounts/slots.ts';
import { mainAccount } from '../../../src/domain/ids.ts';
import type { Span } from '../../../src/domain/span.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { type TunerLease, Tuners } from '../../../src/stream/tuner/tuners.ts';
import { XtreamClient } from '../../../src/xtream/client.ts';
import { XtreamProvider } from '../../../src/xtream/provider.ts';
import { mainId } from '../../fakes/main-id.ts';
import { PanelArchive, type PanelArchiveOptions } from '../../fakes/panel-archive.ts';
import { plainHttp } from '../../fakes/plain-http.ts';
import { makeTs } from '../../fakes/real-ts.ts';
import { silentLogger } from '../../fakes/silent-logger.ts';
import { FakePanel } from '../../fakes/xtream-panel.ts';

const MINUTE = 60_000;
const SPEED = 100;
/** An evening long ago. */
const evening = Date.UTC(2026, 6, 1, 18, 45);
const never = new AbortController().signal;
/** A hundred seconds go by in one. */
const fastClock: Clock = {
  now: () => now,
  monotonic: () => monotonic(),
  after: (delay, callback) => systemClock.after(delay / SPEED, callback),
};

let minute: Buffer;
let now: number;
let monotonic: () => number;
let panel: FakePanel;
let slots: Slots;
let provider: XtreamProvider;
let tuners: Tuners;
beforeAll(async () => {
  minute = await makeTs({ seconds: 60, rate: 5, gop: 5 });
});
beforeEach(async () => {
  now = evening + 3 * 86_400_000;
  monotonic = () => SPEED * systemClock.monotonic();
  panel = await FakePanel.start();
  const { url, username, password } = panel;
  const client = new XtreamClient({
    ...{ baseUrl: url, username, password, accountId: mainAccount, userAgent: 'Player/1', http: plainHttp },
  });
  provider = new XtreamProvider(client);
  slots = new Slots(1);
  const accounts = new AccountPool({
    accounts: [{ id: mainAccount, provider, http: plainHttp, slots }],
    clock: fastClock,
  });
  tuners = new Tuners(accounts, {
    ...{ clock: fastClock, logger: silentLogger },
    timeouts: { firstByte: 5_000, silence: 500_000, refusals: 0 },
  });
});
afterEach(async () => {
  await tuners.stop();
  await panel.stop();
});

async function keeps(options: Partial<PanelArchiveOptions> = {}): Promise<PanelArchive> {
  const archive = new PanelArchive({ minute, has: (at) => at + MINUTE <= now, ...options });
  panel.archive = archive;
  panel.zones = { named: options.zone ?? 'UTC', real: options.zone ?? 'UTC' };
  await provider.account();
  return archive;
}

function open(from: number, to: number): Promise<TunerLease> {
  const past: Span = { from, to };
  return tuners.acquire({ channelId: mainId(7), name: 'TF1', past }, 'screen', never);
}

/** Plays to the end. @returns the code of the end, where it was, and the seconds that were played. */
async function play(lease: TunerLease) {
  let seconds = 0;
  lease.listen((piece) => {
    seconds = piece.seconds;
  });
  const { code } = await lease.ended;
  return { code, position: lease.position, seconds };
}

describe('a tuner of the past', () => {
  it('plays what the channel showed, and is over at its end', async () => {
    const archive = await keeps({ zone: 'Europe/Paris' });
    const lease = await open(evening, evening + 2 * MINUTE);
    expect(slots.holders).toEqual(['TF1']);
    const { code, position, seconds } = await play(lease);
    expect(code).toBe('archive_over');
    expect(seconds).toBeGreaterThan(115);
    expect(Math.abs((position ?? 0) - evening - 2 * MINUTE)).toBeLessThan(3_000);
    expect(archive.asked).toEqual([{ form: 'epoch', channelId: 7, from: evening, minutes: 2 }]);
    expect(slots.free).toBe(1);
  });

  it('is held to real time, and says where it is', async () => {
    await keeps();
    const before = fastClock.monotonic();
    const lease = await open(evening, evening + 60 * MINUTE);
    const positions: number[] = [];
    lease.listen(() => positions.push(((lease.position ?? 0) - evening) / 1000));
    await expect.poll(() => positions.at(-1)).toBeGreaterThan(60);
    const took = (fastClock.monotonic() - before) / 1000;
    expect(positions.at(-1)).toBeLessThan(took + 10);
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
    // What it has not played yet is not in memory: most of an hour waits with the panel.
    expect(panel.open).toHaveLength(1);
    await lease.release();
    await expect.poll(() => panel.open).toHaveLength(0);
  });

  it.each(['dash', 'underscore', 'seconds', 'query'] as const)(
    'finds the form of address that the panel knows, and remembers it: %s',
    async (form) => {
      const archive = await keeps({ forms: [form], zone: 'Asia/Kolkata' });
      await (await open(evening, evening + MINUTE)).release();
      const requests = panel.requests.length;
      await (await open(evening + 5 * MINUTE, evening + 6 * MINUTE)).release();
      expect(panel.requests.length - requests).toBe(1);
      expect(archive.asked.map(({ from }) => from)).toEqual([evening, evening + 5 * MINUTE]);
    },
  );

  it('asks a panel that lies about its zone in the time of its clock', async () => {
    const archive = await keeps({ forms: ['dash'], zone: 'Asia/Kolkata' });
    panel.zones = { named: 'Europe/London', real: 'Asia/Kolkata' };
    await provider.account();
    await (await open(evening, evening + MINUTE)).release();
    expect(archive.asked).toMatchObject([{ form: 'dash', from: evening }]);
  });

  it('says what is not kept, after all forms of address', async () => {
    await keeps({ has: () => false });
    await expect(open(evening, evening + MINUTE)).rejects.toMatchObject({ code: 'archive_missing' });
    const paths = panel.requests.map(({ path }) => path).filter((path) => path.includes('timeshift'));
    expect(new Set(paths).size).toBe(8);
    expect(slots.free).toBe(1);
  });

  it.each([
    ['a web page', '<html>Welcome</html>'],
    ['nothing', ''],
  ])('does not take %s for an archive', async (_, body) => {
    const archive = await keeps();
    archive.instead = (_request, response) => response.end(body);
    await expect(open(evening, evening + MINUTE)).rejects.toMatchObject({ code: 'archive_missing' });
  });

  it.each([401, 403])('asks once where it is refused (%i)', async (status) => {
    const archive = await keeps();
    archive.instead = (_request, response) => response.writeHead(status).end();
    await expect(open(evening, evening + MINUTE)).rejects.toMatchObject({ code: 'archive_refused' });
    expect(archive.asked).toHaveLength(1);
  });

  it('tells the live picture from the past, and asks in another form from then on', async () => {
    const archive = await keeps();
    // Time goes by with what is sent, however slow this machine is.
    let sent = 0;
    monotonic = () => sent * 1000;
    archive.instead = (_request, response) => {
      const timer = setInterval(() => {
        const part = (seconds: number) => Math.floor((minute.length * (seconds % 60)) / 60);
        response.write(minute.subarray(part(sent), part(sent) + Math.floor(minute.length / 240)));
        sent += 0.25;
      }, 5);
      response.writeHead(200).once('close', () => clearInterval(timer));
    };
    const lease = await open(evening, evening + 60 * MINUTE);
    expect(await play(lease)).toMatchObject({ code: 'archive_is_live' });
    archive.instead = null;
    await (await open(evening, evening + MINUTE)).release();
    expect(archive.asked.map(({ form }) => form)).toEqual(['epoch', 'dash']);
  });

  it('asks on for a running programme, one request at a time', async () => {
    now = evening + 4 * MINUTE;
    const archive = await keeps({ tellsLength: false });
    const lease = await open(evening, evening + 4 * MINUTE);
    now = evening + 30 * MINUTE;
    const { code, seconds } = await play(lease);
    expect(code).toBe('archive_over');
    expect(seconds).toBeGreaterThan(235);
    expect(archive.asked.map(({ from, minutes }) => [(from - evening) / MINUTE, minutes])).toEqual([
      ...[
        [0, 2],
        [2, 2],
      ],
    ]);
    expect(panel.mostOpen).toBe(1);
  });

  it('goes on behind a hole in the recording', async () => {
    const archive = await keeps({ has: (at) => (at - evening) / MINUTE !== 1 });
    const { code, seconds, position } = await play(await open(evening, evening + 3 * MINUTE));
    expect([code, archive.asked.length]).toEqual(['archive_over', 1]);
    expect(seconds).toBeLessThan(125);
    expect(position).toBeLessThan(evening + 3 * MINUTE);
  });

  it('ends where the panel breaks off, and tells where that was', async () => {
    const archive = await keeps();
    archive.instead = (_request, response) => {
      response.writeHead(200, { 'content-length': '999999999' }).write(minute, () => {
        setTimeout(() => response.destroy(), 50);
      });
    };
    const { code, position } = await play(await open(evening, evening + 60 * MINUTE));
    expect(code).toBe('channel_ended');
    expect(Math.abs((position ?? 0) - evening - MINUTE)).toBeLessThan(5_000);
  });

  it('is apart from the live picture and from other stretches, and shared by its own users', async () => {
    slots.limit.told = 2;
    panel.maxConnections = 2;
    await keeps();
    const [one, two] = await Promise.all([
      open(evening, evening + MINUTE),
      open(evening, evening + MINUTE),
      open(evening, evening + 2 * MINUTE),
    ]);
    expect(slots.free).toBe(0);
    const channelId = mainId(7);
    expect(tuners.canOpen({ channelId, past: { from: evening, to: evening + MINUTE } })).toBe(true);
    expect(tuners.canOpen({ channelId })).toBe(false);
    await one.release();
    expect(slots.free).toBe(0);
    await two.release();
    expect(slots.free).toBe(1);
  });
});
