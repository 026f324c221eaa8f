import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { LogTail } from '../../src/lib/log-tail.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { Secrets } from '../../src/lib/secrets.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';

const URL_WITH_SECRET = 'http://panel.example/live/alice/hunter%202/1.ts';

describe.each([false, true])('createLogger, terminal: %s', (isTTY) => {
  it.each<[string, (log: ReturnType<typeof createLogger>) => void]>([
    ['in the message', (log) => log.info(`could not open ${URL_WITH_SECRET}`)],
    ['deep in an object', (log) => log.info({ a: { b: [{ c: URL_WITH_SECRET }] } }, 'deep')],
    ['in an error', (log) => log.error({ err: new Error(URL_WITH_SECRET) }, 'failed')],
    [
      'in the cause of an error',
      (log) => log.error({ err: new Error('x', { cause: new Error(URL_WITH_SECRET) }) }),
    ],
    ['in what a child logger carries', (log) => log.child({ source: URL_WITH_SECRET }).warn('child')],
    ['decoded', (log) => log.info('hunter 2')],
  ])('writes no secret %s', async (_, write) => {
    const { log, text, tail } = open(isTTY);
    write(log);
    await settle();
    for (const seen of [text(), tail()]) {
      expect(seen).not.toMatch(/hunter/);
      expect(seen).toContain('***');
    }
  });

  it('writes nothing below its level', async () => {
    const { log, text, tail } = open(isTTY);
    log.debug('quiet');
    log.info('loud');
    await settle();
    for (const seen of [text(), tail()]) {
      expect(seen).not.toContain('quiet');
      expect(seen).toContain('loud');
    }
  });
});

it('the logger writes one JSON object per line without a terminal', async () => {
  const { log, text } = open(false);
  log.info({ channelId: 5 }, 'live');
  log.warn('second');
  await settle();
  const lines = text()
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toMatchObject([
    { channelId: 5, msg: 'live', level: 30 },
    { msg: 'second', level: 40 },
  ]);
});

it('the logger keeps the last lines as a terminal shows them, with their level', () => {
  const { log, lines } = open(false);
  log.child({ part: 'tuner' }).warn({ channelId: 5 }, 'no answer');
  log.error({ err: new Error('broken') }, 'failed');
  const [first, second] = lines();
  expect(first).toMatchObject({ level: 'warn', text: 'no answer {"part":"tuner","channelId":5}' });
  expect(second?.level).toBe('error');
  expect(second?.text).toMatch(/^failed\s+err: .*Error: broken\n.* at /s);
});

it('the logger writes no secret in JSON within JSON', async () => {
  const { log, text, tail, secrets } = open(false);
  secrets.add('quo"te\\');
  log.info({ body: JSON.stringify({ password: 'quo"te\\' }) }, 'as it came');
  await settle();
  for (const seen of [text(), tail()]) {
    expect(seen).toContain('as it came');
    expect(seen).not.toMatch(/quo|te/);
    expect(seen).toContain('***');
  }
});

it('the logger’s tail parses every line, whatever the secrets are', () => {
  const { log, lines, secrets } = open(false);
  for (const value of ['level', '"time":', 'failed', String(Date.now()).slice(0, 6)]) secrets.add(value);
  log.error('failed at last');
  expect(lines()).toMatchObject([{ level: 'error', text: '*** at last' }]);
});

function open(isTTY: boolean) {
  const secrets = new Secrets();
  secrets.add('hunter 2');
  const out: PassThrough & { isTTY?: boolean } = new PassThrough();
  out.isTTY = isTTY;
  let written = '';
  out.on('data', (chunk: Buffer) => {
    written += chunk.toString();
  });
  const tail = new LogTail(new FakeClock());
  const lines = () => tail.after(0, 'trace');
  return {
    log: createLogger({ level: 'info', secrets, tail, out }),
    secrets,
    lines,
    text: () => written,
    tail: () =>
      lines()
        .map(({ text }) => text)
        .join('\n'),
  };
}
