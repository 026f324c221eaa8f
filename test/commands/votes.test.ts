import { beforeEach, describe, expect, it } from 'vitest';
import { ChannelUnavailable } from '../../src/actions/channel-unavailable.ts';
import { Votes } from '../../src/actions/votes.ts';
import type { GroupResult } from '../../src/catalogue/search/channel-search.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { voteCutOff, voteReply } from '../../src/commands/vote-reply.ts';
import type { Channel } from '../../src/domain/channel.ts';
import { AppError } from '../../src/domain/errors.ts';
import { liveScreen } from '../../src/domain/ids.ts';
import { openDatabase } from '../../src/store/database.ts';
import { VoteMessages } from '../../src/store/vote-messages.ts';
import { someMarks } from '../fakes/channel-marks.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

let clock: FakeClock;
let messages: VoteMessages;
let votes: Votes;
let isMoot: boolean;
let done: number;
let failure: Error | null;
/** How the message looks that the deadline changes. */
let shown: Reply | null;
let post: () => void;
let isPostedAtOnce: boolean;
let canBeChanged: boolean;
const canal: Channel = {
  id: mainId(4),
  number: null,
  name: 'Canal+ HD',
  categoryId: null,
  logo: null,
  epgId: null,
  archiveDays: 0,
};
const sport: Channel = { ...canal, id: mainId(5), name: 'Canal+ Sport' };
const groupOf = (name: string, channel: Channel): GroupResult => ({
  name,
  country: null,
  label: name,
  language: null,
  kind: 'plain',
  qualities: [],
  variants: [channel],
  score: 1,
  why: [],
});
const groups = [groupOf('Canal+', canal), groupOf('Canal+ Sport', sport)];
const context = { catalogue: { groups: () => groups, groupOf: () => null }, marks: someMarks };
const message = { place: 'discord:1', message: '5' };
beforeEach(() => {
  clock = new FakeClock();
  messages = new VoteMessages(openDatabase(':memory:'));
  votes = new Votes({ clock, messages, logger: silentLogger });
  isMoot = false;
  done = 0;
  failure = null;
  shown = null;
  isPostedAtOnce = true;
  canBeChanged = true;
});

/** Bob asks; gives the vote's id, as its buttons have it. */
function open(viewers: number): string {
  const { vote, onPosted } = votes.open({
    screen: liveScreen,
    by: { id: 'discord:2', name: 'Bob' },
    wanted: 'Canal+',
    onAir: { name: 'TF1', askedBy: 'Ana', viewers },
    language: 'en',
    isMoot: () => isMoot,
    play: async () => {
      done++;
      if (failure) throw failure;
    },
  });
  post = () =>
    onPosted(message, async (result) => {
      shown = voteReply(result, context);
      return canBeChanged;
    });
  if (isPostedAtOnce) post();
  const [button] = voteReply(vote, context).buttons?.[0] ?? [];
  return (button && 'action' in button && button.action.values[1]) || '';
}

/** Somebody votes; gives what the message shows then. */
const cast = async (id: string, person: string, isYes: boolean): Promise<Reply> =>
  voteReply(await votes.cast(id, person, isYes), context);

const text = (reply: Reply | null) => JSON.stringify(reply?.lines ?? []);
const labels = (reply: Reply | null) => (reply?.buttons ?? []).flat().map(({ label }) => label);

describe('a vote', () => {
  it('shows its result where it was decided before it was posted', async () => {
    isPostedAtOnce = false;
    open(9);
    await clock.advance(30_000);
    expect(shown).toBeNull();
    post();
    expect(text(shown)).toContain('The room says yes');
    await expect.poll(() => messages.all()).toEqual([]);
  });

  it.each([
    ['in its message is forgotten', true, 0],
    ['that could not be shown leaves the message to the next process', false, 1],
  ])('a result %s', async (_what, isShown, left) => {
    canBeChanged = isShown;
    open(9);
    expect(messages.all()).toEqual([{ ...message, language: 'en' }]);
    await clock.advance(30_000);
    expect(text(shown)).toContain('The room says yes');
    expect(messages.all()).toHaveLength(left);
    votes.stop();
    const next = new Votes({ clock, messages, logger: silentLogger });
    const closed: unknown[] = [];
    next.closeLeft(async ({ message: id, language }) => {
      const reply = voteCutOff(language);
      return closed.push([id, text(reply), reply.buttons]) > 0;
    });
    expect(closed).toEqual(left === 0 ? [] : [['5', '[["A restart ended the vote."]]', undefined]]);
    await expect.poll(() => messages.all()).toEqual([]);
  });

  it('works where the disk or the database fails', async () => {
    const broken = () => {
      throw new Error('disk I/O error');
    };
    votes = new Votes({
      clock,
      messages: { all: broken, put: broken, forget: broken },
      logger: silentLogger,
    });
    votes.closeLeft(async () => true);
    const reply = await cast(open(1), 'telegram:3', true);
    expect(text(reply)).toContain('The room says yes');
    expect(done).toBe(1);
  });

  it('counts the asker as a yes, and the last vote of each person once', async () => {
    const id = open(9);
    await cast(id, 'telegram:3', true);
    await cast(id, 'telegram:3', true);
    await cast(id, 'telegram:4', false);
    const reply = await cast(id, 'telegram:3', false);
    expect(labels(reply)).toEqual(['👍 1', '👎 2']);
    expect(reply.isPrivate).toBe(false);
  });

  // so many viewers, votes after the asker's yes, whether it is carried out by the deadline
  it.each<[viewers: number, ballots: boolean[], isCarried: boolean]>([
    [9, [], true],
    [9, [false], false],
    [9, [true, false], true],
    [9, [true, false, false], false],
    [9, [false, false, true, true], true],
  ])('of %i viewers with votes %j ends with the deadline; won: %s', async (viewers, ballots, isCarried) => {
    const id = open(viewers);
    for (const [index, isYes] of ballots.entries()) await cast(id, `telegram:${index}`, isYes);
    await clock.advance(29_999);
    expect([done, shown]).toEqual([0, null]);
    await clock.advance(1);
    expect(done).toBe(isCarried ? 1 : 0);
    expect(text(shown)).toContain(isCarried ? 'says yes to Canal+' : 'says no: TF1 stays on');
    expect(labels(shown)).toEqual([]);
    await expect(votes.cast(id, 'telegram:9', true)).rejects.toMatchObject({ code: 'vote_over' });
  });

  it.each<[viewers: number, ballots: boolean[], isCarried: boolean | null]>([
    [1, [], null],
    [1, [true], true],
    [1, [false], false],
    [2, [true], true],
    [3, [true], null],
    [3, [true, true], true],
    [3, [false], null],
    [3, [false, false], false],
    [4, [false, false], null],
    [4, [false, false, true], null],
  ])(
    'of %i viewers with votes %j ends early only if the others cannot turn it; won: %s',
    async (viewers, ballots, isCarried) => {
      const id = open(viewers);
      let last: Reply | null = null;
      for (const [index, isYes] of ballots.entries()) last = await cast(id, `telegram:${index}`, isYes);
      if (isCarried === null) expect(done).toBe(0);
      else expect([done, labels(last)]).toEqual([isCarried ? 1 : 0, []]);
      expect(clock.pending).toBe(isCarried === null ? 1 : 0);
    },
  );

  it('is void when another channel is on air, by a press and by the deadline', async () => {
    const pressed = open(9);
    const left = open(9);
    isMoot = true;
    expect(text(await cast(pressed, 'telegram:1', true))).toContain('does not count');
    await clock.advance(30_000);
    expect(text(shown)).toContain('does not count');
    expect(done).toBe(0);
    await expect(votes.cast(left, 'telegram:1', true)).rejects.toMatchObject({ code: 'vote_over' });
  });

  it('shows why the channel could not be played, with other channels', async () => {
    failure = new ChannelUnavailable(canal, new AppError('channel_dead'));
    const reply = await cast(open(1), 'telegram:1', true);
    expect(text(reply)).toMatch(/says yes to Canal\+.*✖.*Canal\+.*does not have this channel/);
    expect(labels(reply)).toEqual(['Canal+ Sport']);
    expect(reply.isPrivate).toBe(false);
  });

  it('of an earlier process is over', async () => {
    const id = open(9);
    votes.stop();
    expect(clock.pending).toBe(0);
    const next = new Votes({ clock, messages, logger: silentLogger });
    await expect(next.cast(id, 'telegram:1', true)).rejects.toMatchObject({ code: 'vote_over' });
  });
});
