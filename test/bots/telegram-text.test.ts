import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { idsByRole, type Room, startRoom, until } from './room.ts';

const ANA = 7;
const listed = { discord: idsByRole({}), telegram: idsByRole({ controller: [ANA] }) };
/** /epg answers as the test decides. */
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
  it('a refused answer revokes what it carried, such as a link that nobody received', async () => {
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

  it('plain text is searched for', async () => {
    await say('canal').reply(/Canal\+|canal/);
    expect(room.telegram.messages(ANA).at(-1)?.buttons.flat().join()).toContain('Canal+');
  });

  it('an unknown command is named in an answer that points to /help', async () => {
    await say('/foo bar').reply(/I do not know \/foo\. \/help/);
  });

  it('commands are recognised in capitals', async () => {
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
  it('loses whole lines from the end and says how many', async () => {
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

  it('is cut between letters if it is a single line', async () => {
    answer = { lines: [['😀'.repeat(5_000)]], isPrivate: true };
    const said = await say('/epg').reply();
    expect(said.text.isWellFormed()).toBe(true);
    expect(said.text.endsWith('…')).toBe(true);
  });

  it('shows the first ten choices of a menu, one per row, and says how many more there are', async () => {
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

describe('a self-hosted Bot API server', () => {
  const refused = (what: string) =>
    ({ kind: 'refuse', code: 400, description: `Bad Request: can't parse entities: ${what}` }) as const;
  const last = () => room.telegram.calls.findLast(({ method }) => method === 'sendMessage')?.params;

  it('gets times as text after it refused times in the reader’s time zone', async () => {
    answer = { lines: [[{ bold: 'At' }, ' ', { clock: 0 }]], isPrivate: true };
    room.telegram.fail('sendMessage', refused('Unsupported start tag "tg-time" at byte offset 5'));
    await say('/epg').reply(/^At /);
    await until(() => !String(last()?.text).includes('tg-time'));
    expect(last()).toMatchObject({ parse_mode: 'HTML' });
    const before = room.telegram.count('sendMessage');
    await say('/epg').reply(/^At /);
    await until(() => room.telegram.count('sendMessage') === before + 1);
  });

  it('gets plain text with the addresses of links after it refused all markup', async () => {
    answer = {
      lines: [[{ bold: 'Look' }, ' ', { link: 'http://tv.example/', label: 'here' }]],
      isPrivate: true,
    };
    room.telegram.fail('sendMessage', refused('whatever'));
    await say('/epg').reply('Look here http://tv.example/');
    await until(() => last()?.parse_mode === undefined);
  });

  it('gets the answer without a link button after it refused the button’s address', async () => {
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
