import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ChannelMarks } from '../../src/actions/channel-marks.ts';
import { encodePress } from '../../src/bots/telegram/press-data.ts';
import { startAction, startPayload } from '../../src/bots/telegram/private-answer.ts';
import { encodeAction } from '../../src/commands/reply.ts';
import { accountId, channelId, mainAccount } from '../../src/domain/ids.ts';
import { ChannelKeys } from '../../src/store/channel-keys.ts';
import { openDatabase } from '../../src/store/database.ts';
import { mainId } from '../fakes/main-id.ts';
import { silentLogger } from '../fakes/silent-logger.ts';

const longest = accountId('x'.repeat(24));
const tf1 = { id: mainId(101), name: 'TF1 HD' };
const foreign = { id: channelId(longest, 'ab12cd34ef56ab78'), name: 'Arte' };

let keys: ChannelKeys;
let marks: ChannelMarks;
beforeEach(() => {
  keys = new ChannelKeys(openDatabase(':memory:'));
  marks = new ChannelMarks({ keys, ownAccount: { id: mainAccount }, logger: silentLogger });
});

describe('ChannelMarks', () => {
  it('names a channel by its key, and finds it by that', () => {
    expect([marks.of(tf1), marks.of(foreign), marks.of(tf1)]).toEqual(['~100', '~101', '~100']);
    expect([marks.read('~100'), marks.read(' ~101 ')]).toEqual([tf1.id, foreign.id]);
    expect(marks.read('~999')).toBe('unknown');
  });

  it('follows a channel that the provider renumbers', () => {
    const mark = marks.of(tf1);
    const named = (id: number) => ({ channelId: mainId(id), channelName: tf1.name });
    keys.move([{ from: named(101), to: named(7) }]);
    expect(marks.read(mark)).toBe(mainId(7));
  });

  it('reads the numbers of buttons of version 0.2, and those that people type', () => {
    expect([marks.read('#101'), marks.read('#5')]).toEqual([mainId(101), mainId(5)]);
  });

  it.each(['', 'TF1', '101', '#', '#1.5', '#RMC Sport: 1', '#late: 1', '~', '~x', '~1 HD'])(
    'takes %j for a name',
    (text) => {
      expect(marks.read(text)).toBeNull();
    },
  );

  it('spends no key on what is used at once', () => {
    expect([marks.typed(tf1.id), marks.typed(foreign.id)]).toEqual(['#101', `#${longest}/ab12cd34ef56ab78`]);
    expect([tf1, foreign].map(({ id }) => marks.read(marks.typed(id)))).toEqual([tf1.id, foreign.id]);
    expect([...keys.remembered()]).toEqual([]);
  });

  it('needs no database: a channel is named by its id where no key can be minted', () => {
    vi.spyOn(keys, 'keyOf').mockImplementation(() => {
      throw new Error('disk I/O error');
    });
    expect([marks.of(tf1), marks.of(foreign)]).toEqual(['#101', `#${longest}/ab12cd34ef56ab78`]);
    expect([tf1, foreign].map((channel) => marks.read(marks.of(channel)))).toEqual([tf1.id, foreign.id]);
    // Values of a button are separated by colons.
    expect(encodeAction({ command: 'fav', values: ['remove', marks.of(foreign)] }).split(':')).toHaveLength(
      4,
    );
  });

  it('fits the 64 bytes of Telegram’s buttons and payloads with the longest ids', () => {
    keys.skipLost();
    const channels = ['a', 'b'].map((name) => ({ id: channelId(longest, name.repeat(200)), name }));
    const [one = '', other = ''] = channels.map((channel) => marks.of(channel));
    const owner = 9_999_999_999;
    for (const values of [[`${one}!${other}`], ['ask', one, other], ['remove', one], [one, '', 'down']])
      expect(
        Buffer.byteLength(encodePress({ command: 'play', values }, owner) ?? 'x'.repeat(65)),
      ).toBeLessThan(65);
    const payload = startPayload({ command: 'play', values: [one] });
    expect(payload).toMatch(/^[\w-]{1,64}$/);
    expect(marks.read(startAction(payload).text)).toBe(channels[0]?.id);
  });
});
