import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Platform, Role } from '../../src/domain/actor.ts';
import { type FakeHttp, type FakeHttpOptions, startFakeHttp } from '../fakes/http-context.ts';

let fake: FakeHttp;
const restart = async (options: FakeHttpOptions) => {
  await fake.stop();
  fake = await startFakeHttp(options);
};
beforeEach(async () => {
  fake = await startFakeHttp({ publicUrl: 'https://tv.example' });
});
afterEach(() => fake.stop());

function call(command: string, role: Role, platform: Platform = 'discord', isPrivate = false) {
  const actor = { id: `${platform}:1`, platform, name: 'Ada', role, language: 'en' } as const;
  const place = { id: `${platform}:7`, platform, language: 'en', isPrivate } as const;
  return execute(registry, fake.context, { actor, place }, { command, values: [] });
}
const linkIn = (reply: unknown) => /https:\/\/tv\.example(\/login\/[\w-]+)/.exec(JSON.stringify(reply))?.[1];
const logIn = (path = '') => fake.app.inject({ method: 'POST', url: path });

describe('/login', () => {
  it.each(['viewer', 'controller', 'admin'] as const)('logs a %s in with their role', async (role) => {
    const reply = await call('login', role);
    expect(reply.isPrivate).toBe(true);
    const cookie = String((await logIn(linkIn(reply))).headers['set-cookie']).split(';')[0] ?? '';
    const me = await fake.app.inject({ url: '/api/me', headers: { cookie } });
    expect(me.json()).toMatchObject({ id: 'discord:1', name: 'Ada', role });
  });

  it('sends the link to the private chat where others would read it', async () => {
    expect((await call('login', 'admin', 'telegram')).direct).toEqual({ command: 'login', values: [] });
    expect((await call('login', 'admin', 'telegram', true)).direct).toBeUndefined();
    expect((await call('login', 'admin', 'discord')).direct).toBeUndefined();
  });

  it('says that the address is missing', async () => {
    await restart({});
    expect(JSON.stringify(await call('login', 'admin'))).toContain('I do not know the address');
  });

  it('is in the audit log, without the link', async () => {
    const link = linkIn(await call('login', 'admin')) ?? '';
    const [entry] = fake.context.audit.list(1);
    expect(entry).toMatchObject({ by: { id: 'discord:1' }, action: 'login_link' });
    expect(JSON.stringify(entry)).not.toContain(link.split('/')[2]);
  });
});

describe('/watch where people must log in', () => {
  beforeEach(() => restart({ publicUrl: 'https://tv.example', personal: true }));

  it('gives a personal link that is only good for watching', async () => {
    const login = await logIn(linkIn(await call('watch', 'admin')));
    expect(login.headers.location).toBe('/watch');
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? '';
    const me = await fake.app.inject({ url: '/api/me', headers: { cookie } });
    expect(me.json()).toMatchObject({ role: 'viewer' });
  });

  it('goes to the private chat where others would read it', async () => {
    expect((await call('watch', 'viewer', 'telegram')).direct).toEqual({ command: 'watch', values: [] });
  });
});
