import { afterEach, beforeEach, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

const admin: Actor = { platform: 'telegram', id: 'telegram:1', name: 'Ada', role: 'admin', language: 'en' };
const place = { id: 'telegram:1', platform: 'telegram', language: 'en', isPrivate: true } as const;

it('/doctor tells an admin in private what works and what does not', async () => {
  const reply = await execute(
    registry,
    fake.context,
    { actor: admin, place },
    { command: 'doctor', values: [] },
  );
  expect(reply.isPrivate).toBe(true);
  const text = JSON.stringify(reply.lines);
  expect(reply.lines[0]).toEqual(['One thing needs a look.']);
  expect(text).toContain('["⚠ ",{"bold":"Address for others"}');
  expect(text).toContain('["✔ ",{"bold":"FFmpeg"}," 7.1"]');
});

it('/doctor says what is wrong with the account without its secrets', async () => {
  const context = {
    ...fake.context,
    accounts: fake.context.accounts.map((account) => ({
      ...account,
      provider: { account: () => Promise.reject(new Error('http://panel.example/user/pass')) },
    })),
  };
  const reply = await execute(registry, context, { actor: admin, place }, { command: 'doctor', values: [] });
  expect(JSON.stringify(reply.lines)).toContain('["✖ ",{"bold":"Account"}');
  expect(JSON.stringify(reply.lines)).not.toContain('panel.example');
});
