import { FakeDiscord, type FakeDiscordOptions } from './fake-discord.ts';
import { permissionBits } from './permissions.ts';
import { SkippingClock } from './skipping-clock.ts';

/** The people, channels and server in the tests of the fake. */
export const ids = {
  application: '100000000000000001',
  guild: '200000000000000001',
  tv: '300000000000000001',
  other: '300000000000000002',
  dj: '400000000000000001',
  anna: '500000000000000001',
  boss: '500000000000000002',
  stranger: '500000000000000003',
} as const;

export const token = 'a-token-of-tests';

/** A running fake with one server, on the test's clock. */
export interface Scene {
  readonly fake: FakeDiscord;
  readonly clock: SkippingClock;
}

export async function startScene(options: Partial<FakeDiscordOptions> = {}): Promise<Scene> {
  const clock = new SkippingClock();
  const fake = await FakeDiscord.start({
    applicationId: ids.application,
    token,
    clock,
    guilds: [
      {
        id: ids.guild,
        name: 'Living room',
        locale: 'fr',
        channels: [
          { id: ids.tv, name: 'tv' },
          { id: ids.other, name: 'other' },
        ],
        roles: [{ id: ids.dj, name: 'DJ' }],
        members: [
          { userId: ids.anna, name: 'Anna', roles: [ids.dj] },
          { userId: ids.boss, name: 'Boss', permissions: permissionBits.ADMINISTRATOR },
        ],
      },
    ],
    users: [{ id: ids.stranger, name: 'Stranger' }],
    ...options,
  });
  return { fake, clock };
}

/** Makes a call as a bot; the body is sent as JSON. */
export async function call(
  fake: FakeDiscord,
  method: string,
  path: string,
  body?: unknown,
  authorization = `Bot ${token}`,
): Promise<{ readonly status: number; readonly json: Readonly<Record<string, unknown>> }> {
  const response = await fetch(`${fake.api}/v10${path}`, {
    method,
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? {} : JSON.parse(text) };
}

/** `components.0.label[CODE]` for each of the problems in Discord's nested form. */
export function problems(errors: unknown, path = ''): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, value]) => {
    if (key === '_errors') return (value as { code: string }[]).map(({ code }) => `${path}[${code}]`);
    return problems(value, path === '' ? key : `${path}.${key}`);
  });
}
