import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const ANA = 7;
const listed = { discord: idsByRole({}), telegram: idsByRole({ controller: [ANA] }) };
/** /epg answers what the test says. */
let answer: Reply;
let room: Room;
beforeEach(async () => {
  const epg = { ...registry.epg, run: async () => answer };
  room = await startRoom({ listed, commands: { ...registry, epg } });
  await room.startTelegram();
  await user().start().reply();
});
afterEach(() => room.stop());

const user = () => room.telegram.user(ANA);
const say = (text: string) => user().say(ANA, text);

describe('in the private chat', () => {
  it('an answer that the service refuses takes back what it holds, such as a link that nobody has', async () => {
    let isTakenBack = false;
    const onUndelivered = () => {
      isTakenBack = true;
    };
    answer = { lines: [['a link']], isPrivate: true, onUndelivered };
    await say('/epg').reply('a link');
    expect(isTakenBack).toBe(false);
    room.telegram.fail('sendMessage', { kind: 'refuse', code: 400, description: 'Bad Request: no' });
    say('/epg');
    await until(() => isTakenBack);
  });

  it('plain text is a search', async () => {
    await say('canal').reply(/Canal\+|canal/);
    expect(room.telegram.messages(ANA).at(-1)?.buttons.flat().join()).toContain('Canal+');
  });

  it('an unknown command is named, with the way to those there are', async () => {
    await say('/foo bar').reply(/I do not know \/foo\. \/help/);
  });

  it('capitals are no mistake', async () => {
    await say('/STATUS').reply(/Nothing is on/);
  });
});

it('in a group neither plain text nor an unknown command is answered', async () => {
  const group = room.telegram.group('Room', { members: [user()], bot: 'administrator' });
  user().say(group, 'canal');
  user().say(group, '/foo');
  await user()
    .say(group, '/status')
    .reply(/Nothing is on/);
  expect(room.telegram.messages(group)).toHaveLength(1);
});

describe('an answer that is too long', () => {
  it('loses whole lines from the end, and says how many', async () => {
    answer = {
      lines: Array.from({ length: 300 }, (_, at) => [{ bold: `<${at}> & ${'é'.repeat(20)}` }]),
      isPrivate: true,
    };
    const said = await say('/epg').reply();
    expect(said.text.length).toBeLessThanOrEqual(4_096);
    expect(said.text).toMatch(/… and \d+ more$/);
    expect(said.text.split('\n').at(-2)).toMatch(/é{20}$/);
    expect(room.telegram.violations).toEqual([]);
  });

  it('of one line is cut between letters', async () => {
    answer = { lines: [['😀'.repeat(5_000)]], isPrivate: true };
    const said = await say('/epg').reply();
    expect(said.text.isWellFormed()).toBe(true);
    expect(said.text.endsWith('…')).toBe(true);
  });

  it('has the first ten choices of a menu, one a row, and says how many more there are', async () => {
    const choices = Array.from({ length: 25 }, (_, at) => ({
      label: `${'👨‍👩‍👧‍👦'.repeat(9)} ${at}`,
      description: 'HD',
      action: { command: 'play', values: [`#${at}`] },
    }));
    answer = { lines: [['Which?']], menu: { placeholder: 'Choose', choices }, isPrivate: true };
    const said = await say('/epg').reply();
    expect(said.buttons).toHaveLength(10);
    for (const [label = ''] of said.buttons) {
      expect(label.length).toBeLessThanOrEqual(60);
      expect(label).toMatch(/👨‍👩‍👧‍👦(… |…| \d)/u);
    }
    expect(said.text).toContain('… and 15 more');
    expect(room.telegram.violations).toEqual([]);
  });

  it('never has an empty row of buttons', async () => {
    answer = { lines: [['Here.']], buttons: [[], []], isPrivate: true };
    await say('/epg').reply('Here.');
    expect(room.telegram.calls.at(-1)?.params).not.toHaveProperty('reply_markup');
  });
});

describe('a Bot API server of one’s own', () => {
  const refused = (what: string) =>
    ({ kind: 'refuse', code: 400, description: `Bad Request: can't parse entities: ${what}` }) as const;
  const last = () => room.telegram.calls.findLast(({ method }) => method === 'sendMessage')?.params;

  it('that does not know times of the reader gets them as text, and no more of them', async () => {
    answer = { lines: [[{ bold: 'At' }, ' ', { clock: 0 }]], isPrivate: true };
    room.telegram.fail('sendMessage', refused('Unsupported start tag "tg-time" at byte offset 5'));
    await say('/epg').reply(/^At /);
    await until(() => !String(last()?.text).includes('tg-time'));
    expect(last()).toMatchObject({ parse_mode: 'HTML' });
    const before = room.telegram.count('sendMessage');
    await say('/epg').reply(/^At /);
    await until(() => room.telegram.count('sendMessage') === before + 1);
  });

  it('that takes no markup at all gets plain text, with the addresses of links', async () => {
    answer = {
      lines: [[{ bold: 'Look' }, ' ', { link: 'http://tv.example/', label: 'here' }]],
      isPrivate: true,
    };
    room.telegram.fail('sendMessage', refused('whatever'));
    await say('/epg').reply('Look here http://tv.example/');
    await until(() => last()?.parse_mode === undefined);
  });

  it('that takes no such address for a button gets the answer without it', async () => {
    answer = {
      lines: [['Watch.']],
      buttons: [[{ label: 'Watch', url: 'http://nas:8002/watch' }]],
      isPrivate: true,
    };
    const said = await say('/epg').reply('Watch.');
    expect(said.buttons).toEqual([]);
    await until(() => room.telegram.takeViolations().length >= 0);
  });
});
