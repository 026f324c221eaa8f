import { beforeEach, describe, expect, it } from 'vitest';
import { Guide } from '../../src/catalogue/guide/guide.ts';
import type { Programme } from '../../src/domain/channel.ts';
import { type ChannelId, liveScreen } from '../../src/domain/ids.ts';
import { type ShownChannel, screenProgrammes } from '../../src/outputs/screen-programmes.ts';
import { guideTitlesIn } from '../../src/words/guide-titles.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { noWholeGuide } from '../fakes/no-whole-guide.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const MINUTE = 60_000;
/** 20:00 (UTC), from which all times here count in minutes. */
const EIGHT = Date.UTC(2026, 10, 29, 20);
const at = (minutes: number) => EIGHT + minutes * MINUTE;

let programmes: Map<ChannelId, Programme[]>;
let short: Programme[];
let shown: ShownChannel[];
let calls: number;
beforeEach(() => {
  programmes = new Map([
    [mainId(1), [show('Journal', 0, 30), show('Météo', 30, 35), show('Film', 35, 150)]],
    [mainId(6), [show('Top Chef', -20, 100)]],
  ]);
  short = [];
  shown = [];
  calls = 0;
});

function show(title: string, start: number, stop: number): Programme {
  return { title, description: '', start: at(start), stop: at(stop) };
}

/** Puts a channel on from one minute to another. */
function on(
  id: number,
  channelName: string,
  from: number,
  to: number | null,
  past: ShownChannel['past'] = null,
): void {
  shown.unshift({
    channelId: mainId(id),
    channelName,
    startedAt: at(from),
    endedAt: to === null ? null : at(to),
    past,
  });
}

/** What the guide of the screen says at a minute. */
async function told(now: number, language: 'en' | 'fr' = 'en'): Promise<string[]> {
  const clock = new FakeClock({ epoch: at(now) });
  const whole = {
    ...noWholeGuide,
    has: (id: ChannelId) => programmes.has(id),
    between: (id: ChannelId, from: number, to: number, limit: number) =>
      (programmes.get(id) ?? []).filter(({ start, stop }) => start < to && stop > from).slice(0, limit),
  };
  const shortGuide = async () => {
    calls++;
    return short;
  };
  const guide = new Guide({ provider: { shortGuide }, whole, clock, logger: silentLogger });
  const all = await screenProgrammes(
    liveScreen,
    { from: at(-240), now: at(now) },
    { history: { latest: () => shown }, guide, titles: guideTitlesIn(language) },
  );
  return all.map(
    ({ title, start, stop }) => `${(start - EIGHT) / MINUTE}-${(stop - EIGHT) / MINUTE} ${title}`,
  );
}

describe('the programmes of a screen', () => {
  it('are what was on it, and what is, to its end', async () => {
    on(1, 'TF1', 0, 14);
    on(6, 'M6', 14, null);
    expect(await told(20)).toEqual(['0-14 TF1: Journal', '14-100 M6: Top Chef']);
  });

  it('are none before anything was on', async () => {
    expect(await told(20)).toEqual([]);
  });

  it('do not go beyond the running one, and follow it', async () => {
    on(1, 'TF1', 5, null);
    expect(await told(20)).toEqual(['5-30 TF1: Journal']);
    expect(await told(32)).toEqual(['5-30 TF1: Journal', '30-35 TF1: Météo']);
  });

  it('leave out what was on for seconds, and go on after it', async () => {
    on(1, 'TF1', 0, 10.2);
    on(6, 'M6', 10.2, 10.4);
    on(1, 'TF1', 10.4, 20.9);
    on(6, 'M6', 20.9, null);
    expect(await told(21)).toEqual(['0-20 TF1: Journal', '20-100 M6: Top Chef']);
  });

  it('are past programmes under their own titles, not what their channel showed meanwhile', async () => {
    on(1, 'TF1', 0, 10, { title: 'Hier soir', endsAt: at(60) });
    on(6, 'M6', 10, 12, { title: null, endsAt: at(40) });
    on(1, 'TF1', 12, null, { title: 'Hier soir', endsAt: at(60) });
    expect(await told(20)).toEqual(['0-10 TF1: Hier soir', '10-12 M6', '12-60 TF1: Hier soir']);
    expect((await told(90)).at(-1)).toBe('12-91 TF1: Hier soir');
  });

  it('begin where the guide does', async () => {
    on(6, 'M6', -300, -230);
    on(6, 'M6', -400, -300);
    expect(await told(0)).toEqual(['-240--230 M6']);
  });

  it('have the name of a channel without a guide, to the next even hour', async () => {
    on(9, 'Arte', -10, 5);
    on(8, 'LCI', 5, null);
    expect(await told(20)).toEqual(['-10-5 Arte', '5-120 LCI']);
  });

  it('ask the provider for the channel on air alone', async () => {
    on(9, 'Arte', -10, 5);
    on(8, 'LCI', 5, null);
    short = [show('Débat', 0, 45)];
    expect(await told(20)).toContain('5-45 LCI: Débat');
    expect(calls).toBe(1);
  });

  it('are worded in French', async () => {
    on(6, 'M6', 0, null);
    expect(await told(20, 'fr')).toEqual(['0-100 M6\u00a0: Top Chef']);
  });

  it('are no episodes to record', async () => {
    programmes.set(mainId(1), [
      { ...show('Lost', 0, 60), season: 1, episode: 2, isNew: true, subTitle: 'Pilot' },
    ]);
    on(1, 'TF1', 0, null);
    const guide = {
      atHand: () => programmes.get(mainId(1)) ?? [],
      isAtHand: () => true,
      upcoming: async () => [],
    };
    const [only] = await screenProgrammes(
      liveScreen,
      { from: at(-240), now: at(20) },
      { history: { latest: () => shown }, guide: guide as never, titles: guideTitlesIn('en') },
    );
    expect(only).toEqual({ ...show('TF1: Lost', 0, 60), subTitle: 'Pilot' });
  });
});
