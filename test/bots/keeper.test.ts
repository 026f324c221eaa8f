import { describe, expect, it } from 'vitest';
import { type Bot, BotKeeper, type Report } from '../../src/bots/keeper.ts';
import { FakeClock, settle } from '../fakes/fake-clock.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

/** Bots whose tests say how they are. */
class Factory {
  readonly clock = new FakeClock();
  readonly reports: Report[] = [];
  stopped = 0;
  readonly keeper = new BotKeeper({
    clock: this.clock,
    logger: silentLogger,
    create: async (report) => {
      this.reports.push(report);
      const bot: Bot = {
        start: async () => {},
        stop: async () => {
          this.stopped++;
        },
      };
      return bot;
    },
  });

  async report(state: Parameters<Report>[0]): Promise<void> {
    this.reports.at(-1)?.(state);
    await settle();
  }
}

async function started(): Promise<Factory> {
  const factory = new Factory();
  factory.keeper.start();
  await settle();
  return factory;
}

describe('a bot whose service cannot be reached', () => {
  it('is made anew, after growing pauses, until it is on', async () => {
    const factory = await started();
    expect(factory.keeper.state).toBe('starting');
    const pauses = [5_000, 10_000, 20_000];
    for (const [index, pause] of pauses.entries()) {
      await factory.report('unreachable');
      expect(factory.keeper.state).toBe('unreachable');
      await factory.clock.advance(pause - 1);
      expect(factory.reports).toHaveLength(index + 1);
      await factory.clock.advance(1);
      expect(factory.reports).toHaveLength(index + 2);
    }
    expect(factory.stopped).toBe(3);
    await factory.report('on');
    expect(factory.keeper.state).toBe('on');
  });

  it('begins with a short pause again once it was on', async () => {
    const factory = await started();
    await factory.report('unreachable');
    await factory.clock.advance(5_000);
    await factory.report('on');
    await factory.report('unreachable');
    await factory.clock.advance(5_000);
    expect(factory.reports).toHaveLength(3);
  });

  it('is not waited for when the server stops', async () => {
    const factory = await started();
    await factory.report('unreachable');
    await factory.keeper.stop();
    await factory.clock.advance(3_600_000);
    expect(factory.reports).toHaveLength(1);
  });
});

it('a refused bot is never tried again', async () => {
  const factory = await started();
  await factory.report('refused');
  await factory.clock.advance(24 * 3_600_000);
  expect(factory.keeper.state).toBe('refused');
  expect(factory.reports).toHaveLength(1);
  expect(factory.stopped).toBe(1);
});

it('a bot that is on is stopped with the server', async () => {
  const factory = await started();
  await factory.report('on');
  await factory.keeper.stop();
  expect(factory.stopped).toBe(1);
});
