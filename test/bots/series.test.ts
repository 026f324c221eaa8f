import type { APIMessage } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Programme } from '../../src/domain/channel.ts';
import { walkComponents } from '../fakes/discord/component-tree.ts';
import { ids } from '../fakes/discord/scene.ts';
import { mainId } from '../fakes/main-id.ts';
import { readIn } from './calling.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

const ADA = 7;
const HOUR = 3_600_000;
const listed = { discord: idsByRole({ admin: [ids.boss] }), telegram: idsByRole({ admin: [ADA] }) };

let room: Room;
beforeEach(async () => {
  room = await startRoom({ listed, isTimeFake: true });
  const { guide, clock, context } = room.http;
  const now = clock.now();
  const journal = (at: number): Programme => ({
    ...{ title: 'Le Journal', description: '', start: now + at * HOUR, stop: now + (at + 1) * HOUR },
  });
  guide.push(journal(0), journal(5), journal(9));
  // The guide is searched as far as it has been asked for.
  await context.guide.between(mainId(1), now, now + 24 * HOUR, 1_000);
});
afterEach(async () => {
  await room.stop();
  expect(room.telegram.violations).toEqual([]);
  expect(room.discord.fake.violations).toEqual([]);
});

const rules = () => room.http.context.recordingRules.all();
const planned = () => room.http.context.recordings.all().length;

it('a series is recorded by buttons in Discord, for the asker alone', async () => {
  await room.startDiscord();
  const boss = room.discord.fake.user(ids.boss);
  const recorded = await boss.command(ids.tv, 'record', { channel: 'tf1' }, { locale: 'en-GB' }).answered();
  const asked = boss.press(recorded.message?.id ?? '', idOf(recorded.message, 'Enregistrer la série'), {
    locale: 'en-GB',
  });
  await asked.until(({ followups }) => followups.length === 1);
  const [question] = asked.followups;
  expect(question?.flags).toBe(64);
  expect(readIn(question)).toContain('The guide has 2 to record, on TF1:');
  const press = async (message: APIMessage | null | undefined, label: string, answer: string) => {
    const pressed = boss.press(question?.id ?? '', idOf(message, label), { locale: 'en-GB' });
    await pressed.until(({ message: shown }) => JSON.stringify(shown).includes(answer));
    return pressed.message;
  };
  const toggled = await press(question, 'TF1 only', '☐ TF1 only');
  const added = await press(toggled, 'Record all', '“Le Journal” is recorded from now on');
  expect(rules()).toMatchObject([{ title: 'Le Journal', channel: null }]);
  expect(planned()).toBe(3);
  // What everybody reads stays as it is.
  expect(readIn(room.discord.fake.messages(ids.tv)[0])).toContain('Le Journal');
  const list = await press(added, 'All series', 'Series that are recorded');
  await press(list, '✖ 1', 'No series is recorded');
  expect(rules()).toEqual([]);
});

it('a series is recorded by buttons in a Telegram group, in the asker’s private chat', async () => {
  await room.startTelegram();
  const ada = room.telegram.user(ADA, { language_code: 'en' });
  const group = room.telegram.group('Club', { members: [ada] });
  await ada.start().reply();
  const recorded = await ada.say(group, '/record tf1').reply(/Le Journal/);
  const label = recorded.buttons.flat().find((each) => /s[eé]rie/i.test(each)) ?? '';
  await ada.press(recorded, label).answer();
  const inPrivate = (text: RegExp) =>
    expect
      .poll(() => room.telegram.messages(ADA).at(-1)?.text, { timeout: 10_000 })
      .toMatch(text)
      .then(() => room.telegram.messages(ADA).at(-1) ?? recorded);
  const asked = await inPrivate(/The guide has 2 to record, on TF1:/);
  await ada.press(asked, '☐ New only').edit();
  const changed = await inPrivate(/The guide has 2/);
  expect(changed.buttons.flat()).toContain('☑ New only');
  await ada.press(changed, '● Record all of these').edit();
  await inPrivate(/“Le Journal” is recorded from now on/);
  expect(rules()).toMatchObject([{ title: 'Le Journal', isNewOnly: true, by: { id: `telegram:${ADA}` } }]);
  expect(planned()).toBe(3);
});

function idOf(
  message: { readonly components?: Parameters<typeof walkComponents>[0] } | null | undefined,
  label: string,
) {
  const found = [...walkComponents(message?.components ?? [], [])].find(
    ({ component }) => typeof component.label === 'string' && component.label.includes(label),
  );
  return String(found?.component.custom_id ?? `no button ${label}`);
}
