import { afterEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/actor.ts';
import { categories, channels as lineup } from '../catalogue/lineup.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';
import { noWholeGuide } from '../fakes/no-whole-guide.ts';
import { ada, ask, channelsOf, labelsOf, press, textOf } from './asking.ts';

let fake: FakeHttp;
afterEach(() => fake.stop());

const onAir = () => fake.screen.broadcast.status.channel?.name ?? null;

describe('/play with an unmistakable channel', () => {
  it.each([
    ['/play tf1', 'FR| TF1 FHD', 'the best variant, not its sisters'],
    ['/play tf1 sd', 'FR| TF1 SD', 'a quality, as a word of its own'],
    ['/play tf1hd', 'FR| TF1 HD', 'a quality, glued to the name'],
    ['/play tf1 4k', 'FR| TF1 UHD', 'another word for a quality'],
    ['/play france info uhd', 'FR| FRANCE INFO HD', 'the nearest quality that there is'],
    ['/play cannal plus', 'FR| CANAL+ FHD', 'mistyped, though other names begin like that'],
    ['/play beinsport 1', 'FR| BEIN SPORTS 1 FHD', 'one word, singular; the number decides'],
    ['/play sky sprots news', 'UK: Sky Sports News', 'letters swapped, though Sky Sport News is near'],
    ['/play bfm', 'FR| BFM TV FHD', 'the only one that begins like that'],
    ['/play main event sky sports', 'UK: Sky Sports Main Event FHD', 'words the other way round'],
    ['/play premier league', 'UK: Sky Sports Premier League UHD', 'a part of a name, far ahead of others'],
    ['/play disney channel uk', 'UK: Disney Channel', 'the country says which'],
    ['/play bbc 1', 'UK: BBC One HD', 'a digit for a word'],
    ['/play mbc1', '|AR| MBC 1 HD', 'no space'],
  ])('plays at once for %s: %s, %s', async (text, name) => {
    fake = await startFakeHttp({ channels: lineup, categories });
    await ask(fake, text);
    expect(onAir()).toBe(name);
  });

  it('prefers the country of the asker’s language among channels of the same name', async () => {
    fake = await startFakeHttp({ channels: lineup, categories });
    const french: Actor = { ...ada, language: 'fr' };
    await ask(fake, '/play eurosport 1', french);
    expect(onAir()).toBe('FR| EUROSPORT 1 FHD');
  });

  it('plays the only channel that is showing the typed programme', async () => {
    const onNow = (words: string) => ('tour de france etape 3'.includes(words) ? [mainId(2)] : []);
    const channels = channelsOf(['Arte', 'M6', 'Channel 1001']);
    fake = await startFakeHttp({ channels, whole: { ...noWholeGuide, onNow } });
    await ask(fake, '/play tour de france');
    expect(onAir()).toBe('M6');
  });

  it('plays a channel by the provider’s number', async () => {
    fake = await startFakeHttp({ channels: channelsOf(['Arte', 'M6', 'Channel 1001']) });
    await ask(fake, '/play 1001');
    expect(onAir()).toBe('Arte');
  });
});

describe('/play with several matches', () => {
  it('asks the asker alone with at most 25 distinct choices, and plays the pressed one', async () => {
    fake = await startFakeHttp({ channels: lineup, categories });
    const reply = await ask(fake, '/play disney channel');
    expect(reply.isPrivate).toBe(true);
    expect(labelsOf(reply).slice(0, 2).toSorted()).toEqual(['DISNEY CHANNEL (FR)', 'Disney Channel (UK)']);
    await press(fake, reply, 'Disney Channel (UK)');
    expect(onAir()).toBe('UK: Disney Channel');
  });

  it.each(['bein', 'canal', 'news', 'fr sport', 'sky'])('asks which channel is meant by %s', async (wish) => {
    fake = await startFakeHttp({ channels: lineup, categories });
    const labels = labelsOf(await ask(fake, `/play ${wish}`));
    expect(onAir()).toBeNull();
    expect(labels.length).toBeGreaterThan(1);
    expect(labels.length).toBeLessThanOrEqual(25);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('/play with an unknown name', () => {
  it('offers the three nearest channels as buttons below the sentence', async () => {
    fake = await startFakeHttp({ channels: lineup, categories });
    const reply = await ask(fake, '/play arte kitchen garden');
    expect(textOf(reply)).toContain('No channel matches “arte kitchen garden”');
    expect(labelsOf(reply)).toHaveLength(3);
    expect(labelsOf(reply)).toContain('ARTE');
    expect(reply.isPrivate).toBe(true);
    expect(onAir()).toBeNull();
  });

  it('gives the sentence alone where no channel is near', async () => {
    fake = await startFakeHttp({ channels: lineup, categories });
    const reply = await ask(fake, '/play qqqqxxxx');
    expect(textOf(reply)).toContain('No channel matches');
    expect(labelsOf(reply)).toEqual([]);
  });

  it('answers in the asker’s language, since nobody else reads it', async () => {
    fake = await startFakeHttp({ channels: lineup, categories });
    expect(textOf(await ask(fake, '/play qqqqxxxx', { ...ada, language: 'fr' }))).toContain(
      'Aucune chaîne ne ressemble à',
    );
  });
});

describe('/play with the value of a suggestion or a button', () => {
  it('applies the quality', async () => {
    fake = await startFakeHttp({ channels: channelsOf(['TF1 FHD', 'TF1 SD', 'TF1 HD']) });
    await ask(fake, '/play #1 sd');
    expect(onAir()).toBe('TF1 SD');
    await ask(fake, '/play #3');
    expect(onAir()).toBe('TF1 HD');
  });

  it('says that the channel has left the list', async () => {
    fake = await startFakeHttp({ channels: lineup, categories });
    expect(textOf(await ask(fake, '/play #999999'))).toBe(
      'This channel is no longer in the list: /search finds the ones that are.',
    );
  });
});

describe('/search', () => {
  it.each([
    ['fr sport', 'a category, with its country'],
    ['beinsport', 'a name'],
  ])('lists channels, not entries, for %s: %s', async (query) => {
    fake = await startFakeHttp({ channels: lineup, categories });
    const reply = await ask(fake, `/search ${query}`);
    const labels = labelsOf(reply);
    expect(labels).toContain('BEIN SPORTS 1');
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('finds a current programme', async () => {
    fake = await startFakeHttp({ channels: lineup, categories });
    const now = fake.clock.now();
    fake.guide.push({ title: 'Tour de France', description: '', start: now - 1000, stop: now + 60_000 });
    const [channel] = lineup.filter(({ name }) => name.includes('EUROSPORT 2'));
    await fake.context.guide.upcoming(channel?.id ?? mainId(0), 1000);
    const labels = labelsOf(await ask(fake, '/search tour de'));
    expect(labels).toContain('EUROSPORT 2');
  });
});
