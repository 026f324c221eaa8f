import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { french, original } from '../fakes/audio-tracks.ts';
import { bearer, type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { logIn } from '../fakes/people.ts';
import { FakeTelegram } from '../fakes/telegram/fake-telegram.ts';

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp();
});
afterEach(() => fake.stop());

type Method = 'PATCH' | 'POST' | 'PUT' | 'DELETE';
const ask = (method: Method, url: string, headers: Record<string, string>, payload?: object) =>
  fake.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
const planned = async (admin: Record<string, string>): Promise<number> => {
  const stop = new Date(fake.clock.now() + 3_600_000).toISOString();
  return (await ask('POST', '/api/recordings', admin, { channel_id: 1, stop })).json().id;
};
const playRecording = async (admin: Record<string, string>): Promise<void> => {
  const recording = await planned(admin);
  fake.storedRecordings.change(recording, { state: 'done', file: 'Film.mkv' });
  await ask('POST', '/set_active_stream', admin, { recording });
};
const theirs = () => fake.context.sessions.list('discord:viewer')[0]?.id;

/** Every way to change something by HTTP, and what it leaves in the audit log. */
const changes: Readonly<Record<string, (admin: Record<string, string>) => Promise<string>>> = {
  'POST /set_active_stream': async (admin) => {
    await ask('POST', '/set_active_stream', admin, { channel_id: 1 });
    return 'play';
  },
  'POST /stop_stream': async (admin) => {
    await ask('POST', '/stop_stream', admin);
    return 'stop';
  },
  'POST /api/pause': async (admin) => {
    await playRecording(admin);
    await ask('POST', '/api/pause', admin);
    return 'pause';
  },
  'POST /api/resume': async (admin) => {
    await playRecording(admin);
    await ask('POST', '/api/pause', admin);
    await ask('POST', '/api/resume', admin);
    return 'go_on';
  },
  'POST /restart_stream': async (admin) => {
    await ask('POST', '/set_active_stream', admin, { channel_id: 1 });
    await ask('POST', '/restart_stream', admin);
    return 'restart';
  },
  'POST /api/audio': async (admin) => {
    fake.tracks.set(1, [french, original]);
    await ask('POST', '/set_active_stream', admin, { channel_id: 1 });
    await ask('POST', '/api/audio', admin, { track: original.id });
    return 'audio';
  },
  'PUT /api/setup/watch': async (admin) => {
    await ask('PUT', '/api/setup/watch', admin, { where: 'here', access: 'key', public_url: null });
    return 'settings';
  },
  'DELETE /api/setup/discord': async (admin) => {
    await ask('DELETE', '/api/setup/discord', admin);
    return 'settings';
  },
  'POST /api/restart': async (admin) => {
    await ask('POST', '/api/restart', admin);
    return 'server_restart';
  },
  'POST /api/session': async () => {
    await ask('POST', '/api/session', {}, { token: 'the-admin-token-of-tests' });
    return 'login';
  },
  'DELETE /api/session': async (admin) => {
    await ask('DELETE', '/api/session', admin);
    return 'logout';
  },
  'DELETE /api/sessions': async (admin) => {
    await ask('DELETE', '/api/sessions', admin);
    return 'logout';
  },
  'DELETE /api/sessions/{id}': async (admin) => {
    logIn(fake, 'viewer');
    await ask('DELETE', `/api/sessions/${theirs()}`, admin);
    return 'session_ended';
  },
  'POST /login/{token}': async () => {
    const link = fake.context.sessions.issueLink({ id: 'discord:2', name: 'Bob', role: 'viewer' });
    await ask('POST', `/login/${link}`, {});
    return 'login';
  },
  'POST /api/links': async (admin) => {
    await ask('POST', '/api/links', admin, { channel_id: 1 });
    return 'link_made';
  },
  'DELETE /api/links/{id}': async (admin) => {
    await ask('POST', '/api/links', admin, { channel_id: 1 });
    const { items } = (await fake.app.inject({ url: '/api/links', headers: admin })).json();
    await ask('DELETE', `/api/links/${items[0].id}`, admin);
    return 'link_ended';
  },
  'DELETE /api/links': async (admin) => {
    await ask('POST', '/api/links', admin, { channel_id: 1 });
    await ask('DELETE', '/api/links', admin);
    return 'link_ended';
  },
  'POST /api/sessions/link': async (admin) => {
    await ask('POST', '/api/sessions/link', admin);
    return 'login_link';
  },
  'POST /api/invites': async (admin) => {
    await ask('POST', '/api/invites', admin, { name: 'Ada', role: 'viewer' });
    return 'invite_made';
  },
  'DELETE /api/invites/{id}': async (admin) => {
    const { id } = (await ask('POST', '/api/invites', admin, { name: 'Ada', role: 'viewer' })).json();
    await ask('DELETE', `/api/invites/${id}`, admin);
    return 'invite_ended';
  },
  'PUT /api/people/{id}': async (admin) => {
    logIn(fake, 'viewer');
    await ask('PUT', '/api/people/discord:viewer', admin, { standing: 'denied' });
    return 'deny';
  },
  'POST /api/setup/telegram/code': async (admin) => {
    fake.telegram.settings.set('TELEGRAM_TOKEN', '424242:a-token');
    await ask('POST', '/api/setup/telegram/code', admin);
    return 'owner_code';
  },
  'PUT /api/setup/telegram': async (admin) => {
    const telegram = await FakeTelegram.start();
    fake.telegram.apiUrl = telegram.url;
    fake.telegram.settings.set('TELEGRAM_ADMIN_IDS', '7');
    await ask('PUT', '/api/setup/telegram', admin, { token: telegram.token });
    await telegram.stop();
    return 'settings';
  },
  'DELETE /api/setup/telegram': async (admin) => {
    fake.telegram.settings.set('TELEGRAM_TOKEN', '424242:a-token');
    await ask('DELETE', '/api/setup/telegram', admin);
    return 'settings';
  },
  'PUT /api/setup/telegram/groups/{id}': async () => {
    // Changed lists end the sessions of people whom they let in.
    fake.telegram.settings.set('TELEGRAM_TOKEN', '424242:a-token');
    fake.telegram.settings.set('TELEGRAM_VIEWER_IDS', '-5');
    await ask('PUT', '/api/setup/telegram/groups/-5', bearer, { is_allowed: false });
    return 'settings';
  },
  'POST /api/tokens': async (admin) => {
    await ask('POST', '/api/tokens', admin, { name: 'heating', role: 'viewer' });
    return 'token_made';
  },
  'POST /api/clients': async (admin) => {
    await ask('POST', '/api/clients', admin, { name: 'Kodi', kind: 'kodi' });
    return 'client_made';
  },
  'DELETE /api/clients/{id}': async (admin) => {
    const { id } = (await ask('POST', '/api/clients', admin, { name: 'Kodi', kind: 'kodi' })).json();
    await ask('DELETE', `/api/clients/${id}`, admin);
    return 'client_ended';
  },
  'PUT /api/guide/match': async (admin) => {
    await ask('PUT', '/api/guide/match', admin, { channel_id: 1, guide_id: 'none' });
    return 'guide_chosen';
  },
  'PUT /api/channels/choices': async (admin) => {
    await ask('PUT', '/api/channels/choices', admin, { channel_id: 1, number: 101 });
    return 'channel_chosen';
  },
  'DELETE /api/channels/choices': async (admin) => {
    await ask('PUT', '/api/channels/choices', admin, { channel_id: 1, number: 101 });
    await ask('DELETE', '/api/channels/choices?channel=1', admin);
    return 'channel_chosen';
  },
  'PUT /api/settings': async (admin) => {
    await ask('PUT', '/api/settings', admin, { changes: { REACTIONS: 'room' } });
    return 'settings';
  },
  'POST /api/settings/undo': async (admin) => {
    await ask('PUT', '/api/settings', admin, { changes: { REACTIONS: 'room' } });
    await ask('POST', '/api/settings/undo', admin);
    return 'settings_undone';
  },
  'POST /api/screens': async (admin) => {
    await ask('POST', '/api/screens', admin, { name: 'Sport' });
    return 'screen_added';
  },
  'PATCH /api/screens/{id}': async (admin) => {
    await ask('PATCH', '/api/screens/live', admin, { name: 'Salon' });
    return 'screen_changed';
  },
  'DELETE /api/screens/{id}': async (admin) => {
    await ask('POST', '/api/screens', admin, { name: 'Sport' });
    await ask('DELETE', '/api/screens/sport', admin);
    return 'screen_removed';
  },
  'POST /api/recordings': async (admin) => {
    await planned(admin);
    return 'recording_planned';
  },
  'PATCH /api/recordings/{id}': async (admin) => {
    await ask('PATCH', `/api/recordings/${await planned(admin)}`, admin, { protected: true });
    return 'recording_changed';
  },
  'DELETE /api/recordings/{id}': async (admin) => {
    await ask('DELETE', `/api/recordings/${await planned(admin)}`, admin);
    return 'recording_removed';
  },
  'POST /api/recording-rules': async (admin) => {
    await ask('POST', '/api/recording-rules', admin, { title: 'Le Journal' });
    return 'rule_added';
  },
  'PATCH /api/recording-rules/{id}': async (admin) => {
    const { id } = (await ask('POST', '/api/recording-rules', admin, { title: 'Le Journal' })).json();
    await ask('PATCH', `/api/recording-rules/${id}`, admin, { new_only: true });
    return 'rule_changed';
  },
  'DELETE /api/recording-rules/{id}': async (admin) => {
    const { id } = (await ask('POST', '/api/recording-rules', admin, { title: 'Le Journal' })).json();
    await ask('DELETE', `/api/recording-rules/${id}`, admin);
    return 'rule_removed';
  },
  'DELETE /api/tokens/{id}': async (admin) => {
    const { id } = (await ask('POST', '/api/tokens', admin, { name: 'heating', role: 'viewer' })).json();
    await ask('DELETE', `/api/tokens/${id}`, admin);
    return 'token_revoked';
  },
};

/** What is gone a moment later, and would fill the log. */
const passing = [
  'POST /api/reactions',
  'POST /api/watch/leave',
  'POST /api/watch/seen',
  'POST /api/clips',
  'POST /api/recording-rules/preview',
  'POST /api/setup/address',
  'POST /api/setup/account/try',
  'POST /api/setup/accounts/{id}/test',
  'POST /e/{sig}/{expires}/viewers',
];
/** What asks a service elsewhere first: it changes settings by the same action as PUT /api/settings. */
const byOthers = [
  'PUT /api/setup/account',
  'DELETE /api/setup/account',
  'PUT /api/setup/categories',
  'PUT /api/setup/discord',
  'POST /api/setup/accounts',
  'PUT /api/setup/accounts/order',
  'PUT /api/setup/accounts/{id}',
  'PUT /api/setup/accounts/{id}/off',
  'DELETE /api/setup/accounts/{id}',
  'PUT /api/setup/discord/roles',
];
/** Players ask by POST, too, and change nothing. */
const players = [
  'POST /get.php',
  'POST /lineup.post',
  'POST /panel_api.php',
  'POST /player_api.php',
  'POST /t/{token}/lineup.post',
  'POST /xmltv.php',
];
/** For owners alone; bundle.test.ts looks at their lines. */
const bundles = ['POST /api/export', 'POST /api/import'];
/** What concerns nobody else, as in the bots. */
const personal = ['PUT /api/favourites/{channelId}', 'DELETE /api/favourites/{channelId}'];

describe('the audit log', () => {
  it.each(Object.entries(changes))('has a line of %s', async (_, change) => {
    const admin = logIn(fake, 'admin');
    const { audit } = fake.context;
    const [before] = audit.list(1);
    const action = await change(admin);
    const [latest] = audit.list(1);
    expect(latest?.id).toBeGreaterThan(before?.id ?? 0);
    expect(latest?.action).toBe(action);
  });

  it('has an entry for every route that changes something lasting for others', async () => {
    const { paths } = (await fake.app.inject({ url: '/docs/json' })).json<{
      paths: Record<string, Record<string, unknown>>;
    }>();
    const known = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const isChange = (name: string) =>
      !/^(GET|HEAD) /.test(name) &&
      ![...passing, ...personal, ...byOthers, ...bundles, ...players].includes(name);
    const changing = known.filter(isChange);
    expect(changing.sort()).toEqual(Object.keys(changes).sort());
  });
});
