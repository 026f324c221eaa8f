import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/lib/logger.ts';
import { Secrets } from '../../src/lib/secrets.ts';
import { settle } from '../fakes/fake-clock.ts';

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
  ])('a secret does not get out %s', async (_, write) => {
    const { log, text } = open(isTTY);
    write(log);
    await settle();
    expect(text()).not.toMatch(/hunter/);
    expect(text()).toContain('***');
  });

  it('keeps to the level', async () => {
    const { log, text } = open(isTTY);
    log.debug('quiet');
    log.info('loud');
    await settle();
    expect(text()).not.toContain('quiet');
    expect(text()).toContain('loud');
  });
});

it('writes one JSON object a line where there is no terminal', async () => {
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

function open(isTTY: boolean) {
  const secrets = new Secrets();
  secrets.add('hunter 2');
  const out: PassThrough & { isTTY?: boolean } = new PassThrough();
  out.isTTY = isTTY;
  let written = '';
  out.on('data', (chunk: Buffer) => {
    written += chunk.toString();
  });
  return { log: createLogger({ level: 'info', secrets, out }), text: () => written };
}
