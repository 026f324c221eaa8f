import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CommandName } from '../../src/commands/command.ts';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import { french, original } from '../fakes/audio-tracks.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

/** What each command writes into the audit log, called like this; null: it changes nothing that concerns others. */
const recorded: Readonly<Record<CommandName, { values: string[]; action: string; detail: string } | null>> = {
  play: { values: ['#1'], action: 'play', detail: 'TF1 HD' },
  audio: { values: ['original'], action: 'audio', detail: 'TF1 HD: Original version' },
  stop: { values: [], action: 'stop', detail: '' },
  login: { values: [], action: 'login_link', detail: '' },
  vlc: { values: ['#1'], action: 'link_made', detail: 'TF1 HD' },
  links: { values: ['end', 'all'], action: 'link_ended', detail: 'all' },
  admin: { values: ['allow', '9 Bob', 'viewer'], action: 'allow', detail: 'Bob (discord:9): viewer' },
  doctor: null,
  // One's own affairs.
  fav: null,
  channels: null,
  epg: null,
  history: null,
  status: null,
  search: null,
  watch: null,
  lang: null,
  help: null,
};

let fake: FakeHttp;
beforeEach(async () => {
  fake = await startFakeHttp({ publicUrl: 'https://tv.example' });
});
afterEach(() => fake.stop());

const call = (command: string, values: readonly string[], role: 'admin' | 'viewer' = 'admin') =>
  execute(
    registry,
    fake.context.commands,
    {
      actor: { id: 'discord:1', platform: 'discord', name: 'Ada', role, language: 'en' },
      place: { id: 'discord:7', platform: 'discord', language: 'en', isPrivate: false },
    },
    { command, values },
  );

describe('the audit log', () => {
  it.each(Object.entries(recorded))('/%s: %j', async (name, expected) => {
    const { broadcast, commands } = fake.context;
    fake.tracks.set(1, [french, original]);
    if (name === 'audio') await broadcast.play({ source: commands.provider.source(1), name: 'TF1 HD' }, null);
    await call(name, expected?.values ?? []);
    const entries = commands.audit.list(10).map(({ by, action, detail }) => ({ by, action, detail }));
    const by = { id: 'discord:1', name: 'Ada' };
    expect(entries).toEqual(expected ? [{ by, action: expected.action, detail: expected.detail }] : []);
  });

  it('has nothing that was refused, or came to nothing', async () => {
    const { broadcast, commands } = fake.context;
    const wish = { source: commands.provider.source(1), name: 'TF1 HD' };
    await broadcast.play(wish, { id: 'discord:9', name: 'Eve' });
    await call('stop', [], 'viewer');
    expect(broadcast.status.state).toBe('live');
    await call('play', ['#999']);
    expect(commands.audit.list(10)).toEqual([]);
  });
});
