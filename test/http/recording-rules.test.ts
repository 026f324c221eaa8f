import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { owner } from '../../src/access/visitor.ts';
import { addRule, removeRule } from '../../src/actions/recording-rules.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

const HOUR = 3_600_000;

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
  const now = fake.clock.now();
  for (const at of [1, 5])
    fake.guide.push({
      title: 'Le Journal',
      description: '',
      start: now + at * HOUR,
      stop: now + (at + 1) * HOUR,
    });
  // The guide is searched as far as it has been asked for.
  await fake.context.guide.between(mainId(1), now, now + 10 * HOUR, 1_000);
});
afterEach(() => fake.stop());

const iso = (time: number) => new Date(time).toISOString();
/** Adds programmes to the guide, which is searched as far as it has been asked for. */
async function fill(count: number, title = 'Feuilleton'): Promise<void> {
  const now = fake.clock.now();
  for (let at = 0; at < count; at++)
    fake.guide.push({
      ...{ title, description: '' },
      ...{ start: now + (20 + 2 * at) * HOUR, stop: now + (21 + 2 * at) * HOUR },
    });
  await fake.clock.advance(7 * HOUR);
  await fake.context.guide.between(mainId(1), now, now + 60 * HOUR, 1_000);
}
const ask = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
  headers: object = bearer,
) => fake.app.inject({ method, url, headers: { ...headers }, ...(payload ? { payload } : {}) });
const codeOf = (answer: { json(): { error?: { code?: string } } }) => answer.json().error?.code;
const planned = () =>
  fake.context.recordings.all().map(({ title, start }) => [title, (start - fake.clock.now()) / HOUR]);

describe('/api/recording-rules', () => {
  it('shows what a rule would record, records it, and brings nothing back that was removed', async () => {
    const rule = { title: 'le journal', channel_id: 1 };
    const preview = await ask('POST', '/api/recording-rules/preview', rule);
    expect(preview.json().items).toMatchObject([
      { channel_id: 1, channel_label: 'TF1', title: 'Le Journal', sub_title: null },
      { title: 'Le Journal' },
    ]);
    expect(planned()).toEqual([]);
    const added = await ask('POST', '/api/recording-rules', rule);
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({
      ...{ title: 'le journal', match: 'exact', channel_id: 1, channel_label: 'TF1', new_only: false },
      asked_by: 'console',
    });
    expect(planned()).toEqual([
      ['Le Journal', 1],
      ['Le Journal', 5],
    ]);
    const [first] = fake.context.recordings.all();
    await ask('DELETE', `/api/recordings/${first?.id}`);
    await fake.context.ruleRunner.look();
    expect(planned()).toEqual([['Le Journal', 5]]);
    expect((await ask('GET', '/api/recording-rules')).json().items).toEqual([added.json()]);
    expect((await ask('DELETE', `/api/recording-rules/${added.json().id}`)).statusCode).toBe(204);
    expect((await ask('GET', '/api/recording-rules')).json().items).toEqual([]);
    expect(planned()).toEqual([['Le Journal', 5]]);
    expect(fake.context.audit.list(3).map(({ action }) => action)).toEqual([
      'rule_removed',
      'recording_removed',
      'rule_added',
    ]);
  });

  it('tells what is planned already, and plans anew what a changed rule wants', async () => {
    const rule = { title: 'journal', channel_id: 1 };
    const { id } = (await ask('POST', '/api/recording-rules', rule)).json();
    expect(planned()).toEqual([]);
    const changed = await ask('PATCH', `/api/recording-rules/${id}`, { match: 'words', channel_id: null });
    expect(changed.json()).toMatchObject({
      title: 'journal',
      match: 'words',
      channel_id: null,
      channel_label: null,
    });
    expect(planned()).toEqual([
      ['Le Journal', 1],
      ['Le Journal', 5],
    ]);
    const [first] = fake.context.recordings.all();
    await ask('DELETE', `/api/recordings/${first?.id}`);
    const preview = await ask('POST', '/api/recording-rules/preview', { title: 'le journal' });
    expect(preview.json().items).toMatchObject([{ title: 'Le Journal', planned: true }]);
    expect(codeOf(await ask('POST', '/api/recording-rules', { title: 'Journal', match: 'words' }))).toBe(
      'rule_exists',
    );
    const narrow = await ask('PATCH', `/api/recording-rules/${id}`, { channel_id: 2, new_only: true });
    expect(narrow.json()).toMatchObject({ match: 'words', channel_label: 'Canal+', new_only: true });
    expect((await ask('GET', '/api/recording-rules')).json().items).toEqual([narrow.json()]);
    expect(codeOf(await ask('PATCH', `/api/recording-rules/${id}`, { title: 'x' }))).toBe('rule_title');
    expect(codeOf(await ask('PATCH', '/api/recording-rules/99', {}))).toBe('rule_unknown');
    expect(fake.context.audit.list(3).map(({ action }) => action)).toContain('rule_changed');
  });

  it('plans as much of a viewer as they may have, and the rest when there is room', async () => {
    const { token } = fake.context.tokens.issue('viewer', 'viewer', owner);
    const viewer = { authorization: `Bearer ${token}` };
    const now = fake.clock.now();
    await fill(7);
    const added = await ask('POST', '/api/recording-rules', { title: 'Feuilleton' }, viewer);
    expect(added.json()).toMatchObject({ may_change: true, asked_by: 'viewer' });
    const series = () => planned().filter(([title]) => title === 'Feuilleton');
    expect(series()).toHaveLength(5);
    const refused = await ask('POST', '/api/recordings', { channel_id: 2, stop: iso(now + HOUR) }, viewer);
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'recordings_quota']);
    const [first] = fake.context.recordings.all();
    fake.storedRecordings.change(first?.id ?? 0, { state: 'done' });
    await fake.context.ruleRunner.look();
    expect(series()).toHaveLength(6);
    // A controller has all of it.
    await ask('POST', '/api/recording-rules', { title: 'feuilleton', new_only: true });
    expect(series()).toHaveLength(7);
  });

  it('lets viewers have a few rules, change their own, and plans nothing for those who were shut out', async () => {
    const by = { id: 'telegram:7', name: 'Bob', role: 'viewer' } as const;
    const { context } = fake;
    for (const title of ['one', 'two', 'three', 'four', 'le journal'])
      await addRule(context, by, { title, match: 'exact', isNewOnly: false });
    await expect(
      addRule(context, by, { title: 'six', match: 'exact', isNewOnly: false }),
    ).rejects.toMatchObject({
      code: 'rules_quota',
    });
    expect(planned()).toHaveLength(2);
    const rule = context.recordingRules.all().at(-1);
    const eve = { id: 'telegram:8', name: 'Eve', role: 'viewer' } as const;
    expect(() => removeRule(context, eve, rule?.id ?? 0)).toThrow(
      expect.objectContaining({ code: 'not_your_recording' }),
    );
    context.people.setStanding(by, 'denied', 0);
    await fill(1, 'Le Journal');
    await context.ruleRunner.look();
    expect(planned()).toHaveLength(2);
    context.people.setStanding(by, 'admin', 0);
    await context.ruleRunner.look();
    expect(planned()).toHaveLength(3);
  });

  it('takes back what it has given: no channel is any', async () => {
    const added = await ask('POST', '/api/recording-rules', { title: 'Film', channel_id: null });
    expect(added.statusCode).toBe(201);
    expect(added.json().channel_id).toBeNull();
  });

  it('refuses what is no rule, and strangers', async () => {
    for (const title of [' a ', '!!!', '🎉🎉🎉'])
      expect(codeOf(await ask('POST', '/api/recording-rules', { title }))).toBe('rule_title');
    expect(codeOf(await ask('POST', '/api/recording-rules', { title: 'News', channel_id: 99 }))).toBe(
      'channel_not_found',
    );
    expect(codeOf(await ask('DELETE', '/api/recording-rules/9'))).toBe('rule_unknown');
    expect((await ask('GET', '/api/recording-rules', undefined, {})).statusCode).toBe(401);
  });
});
