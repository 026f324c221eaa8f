import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Bot, BotRunner, type Report } from '../../src/bots/bot-runner.ts';
import { LogTail } from '../../src/lib/log-tail.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { Secrets } from '../../src/lib/secrets.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Fake bots whose state the test sets. */
class Factory {
  readonly clock = new FakeClock();
  readonly reports: Report[] = [];
  readonly tail = new LogTail(this.clock);
  /** Errors that the next attempts to create a bot throw. */
  readonly faults: Error[] = [];
  stopped = 0;
  readonly keeper = new BotRunner({
    platform: 'discord',
    clock: this.clock,
    logger: createLogger({
      level: 'info',
      secrets: new Secrets(),
      out: new PassThrough().resume(),
      tail: this.tail,
    }),
    create: async (report) => {
      this.reports.push(report);
      const fault = this.faults.shift();
      if (fault) throw fault;
      const bot: Bot = {
        start: async () => {},
        stop: async () => {
          this.stopped++;
        },
      };
      return bot;
    },
  });

  get current(): Report | undefined {
    return this.reports.at(-1);
  }

  async is(state: Parameters<Report['is']>[0]): Promise<void> {
    this.current?.is(state);
    await settle();
  }

  async ended(state: Parameters<Report['ended']>[0]): Promise<void> {
    this.current?.ended(state);
    await settle();
  }

  get log(): string[] {
    return this.tail.after(0, 'info').map(({ text }) => text.replace(/ \{.*/s, ''));
  }
}

async function started(...faults: Error[]): Promise<Factory> {
  const factory = new Factory();
  factory.faults.push(...faults);
  factory.keeper.start();
  await settle();
  return factory;
}

describe.each(['unreachable', 'conflict', 'not_invited'] as const)('a bot that ends as %s', (state) => {
  it('is replaced after growing pauses until one is on', async () => {
    const factory = await started();
    expect(factory.keeper.state).toBe('starting');
    const pauses = [5, 10, 20, 40, 80, 160, 300, 300].map((seconds) => seconds * SECOND);
    for (const [index, pause] of pauses.entries()) {
      await factory.ended(state);
      expect(factory.keeper.state).toBe(state);
      await factory.clock.advance(pause - 1);
      expect(factory.reports).toHaveLength(index + 1);
      await factory.clock.advance(1);
      expect(factory.reports).toHaveLength(index + 2);
    }
    expect(factory.stopped).toBe(pauses.length);
    await factory.is('on');
    expect(factory.keeper.state).toBe('on');
  });

  it('lengthens the pauses after a moment on, and shortens them after a minute on', async () => {
    const factory = await started();
    await factory.ended(state);
    await factory.clock.advance(5 * SECOND);
    await factory.is('on');
    await factory.clock.advance(59 * SECOND);
    await factory.ended(state);
    await factory.clock.advance(9 * SECOND);
    expect(factory.reports).toHaveLength(2);
    await factory.clock.advance(SECOND);
    expect(factory.reports).toHaveLength(3);
    await factory.is('on');
    await factory.clock.advance(MINUTE);
    await factory.ended(state);
    await factory.clock.advance(5 * SECOND);
    expect(factory.reports).toHaveLength(4);
  });

  it('does not delay the server’s stop', async () => {
    const factory = await started();
    await factory.ended(state);
    await factory.keeper.stop();
    await factory.clock.advance(60 * MINUTE);
    expect(factory.reports).toHaveLength(1);
  });
});

describe('a bot that breaks', () => {
  it('reports it and is replaced every five minutes', async () => {
    const missing = Object.assign(new Error("Cannot find package 'discord.js'"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    const factory = await started(missing, missing);
    expect(factory.keeper.state).toBe('broken');
    await factory.clock.advance(5 * MINUTE);
    expect(factory.reports).toHaveLength(2);
    await factory.clock.advance(5 * MINUTE);
    await factory.is('on');
    expect(factory.keeper.state).toBe('on');
    expect(factory.log).toEqual([
      'Discord: an error stopped me: I keep trying. The log says which.',
      'Discord is back',
    ]);
  });
});

describe('a bot that reconnects by itself', () => {
  it('is not replaced, and the loss and the return are logged once', async () => {
    const factory = await started();
    await factory.is('on');
    await factory.is('unreachable');
    await factory.is('unreachable');
    expect(factory.keeper.state).toBe('unreachable');
    await factory.clock.advance(60 * MINUTE);
    await factory.is('on');
    expect(factory.keeper.state).toBe('on');
    expect(factory.reports).toHaveLength(1);
    expect(factory.stopped).toBe(0);
    expect(factory.log).toEqual([
      'Discord is on',
      'Discord: the service cannot be reached: I keep trying.',
      'Discord is back',
    ]);
  });
});

it('reports of an ended bot are ignored', async () => {
  const factory = await started();
  await factory.ended('unreachable');
  factory.reports[0]?.is('on');
  factory.reports[0]?.ended('refused');
  expect(factory.keeper.state).toBe('unreachable');
  await factory.clock.advance(5 * SECOND);
  expect(factory.reports).toHaveLength(2);
});

it('a refused bot is never replaced', async () => {
  const factory = await started();
  await factory.ended('refused');
  await factory.clock.advance(24 * 60 * MINUTE);
  expect(factory.keeper.state).toBe('refused');
  expect(factory.reports).toHaveLength(1);
  expect(factory.stopped).toBe(1);
});

it('a running bot is stopped once when the server stops', async () => {
  const factory = await started();
  await factory.is('on');
  await factory.keeper.stop();
  await factory.keeper.stop();
  expect(factory.stopped).toBe(1);
});
