import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { CommandName } from '../../src/domain/command-name.ts';
import { french, original } from '../fakes/audio-tracks.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

interface Recorded {
  /** What must have been asked for before. */
  readonly after?: CommandName;
  readonly values: readonly string[];
  readonly action: string;
  readonly detail: string;
}

/** What each command writes into the audit log, called like this; null: it changes nothing that concerns others. */
const recorded: Readonly<Record<CommandName, Recorded | null>> = {
  play: { values: ['#1'], action: 'play', detail: 'TF1 HD' },
  audio: { after: 'play', values: ['original'], action: 'audio', detail: 'TF1 HD: Original version' },
  restart: { after: 'play', values: [], action: 'restart', detail: 'TF1 HD' },
  stop: { values: [], action: 'stop', detail: '' },
  // Only what is of the past can be paused.
  pause: null,
  record: { values: ['#1'], action: 'recording_planned', detail: 'TF1' },
  recordings: { after: 'record', values: ['removed', '1'], action: 'recording_removed', detail: 'TF1' },
  screen: { values: ['add', 'Sport'], action: 'screen_added', detail: 'Sport' },
  login: { values: [], action: 'login_link', detail: '' },
  vlc: { values: ['#1'], action: 'link_made', detail: 'TF1 HD' },
  links: { after: 'vlc', values: ['end', 'all'], action: 'link_ended', detail: 'TF1 HD' },
  admin: { values: ['allow', '9 Bob', 'viewer'], action: 'allow', detail: 'Bob (discord:9): viewer' },
  doctor: null,
  // One's own affairs.
  fav: null,
  follow: null,
  clip: null,
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
    fake.context,
    {
      actor: { id: 'discord:1', platform: 'discord', name: 'Ada', role, language: 'en' },
      place: { id: 'discord:7', platform: 'discord', language: 'en', isPrivate: false },
    },
    { command, values },
  );

describe('the audit log', () => {
  it.each(Object.entries(recorded))('has the entry of /%s: %j', async (name, expected) => {
    const { audit } = fake.context;
    fake.tracks.set(1, [french, original]);
    if (expected?.after) await call(expected.after, recorded[expected.after]?.values ?? []);
    const before = audit.list(10).length;
    await call(name, expected?.values ?? []);
    const entries = audit
      .list(10)
      .slice(0, -before || undefined)
      .map(({ by, action, detail }) => ({ by, action, detail }));
    const by = { id: 'discord:1', name: 'Ada' };
    expect(entries).toEqual(expected ? [{ by, action: expected.action, detail: expected.detail }] : []);
  });

  it('has no entry of a refused or failed command', async () => {
    const { broadcast } = fake.screen;
    const { audit } = fake.context;
    const wish = { channelId: mainId(1), name: 'TF1 HD' };
    await broadcast.play(wish, { id: 'discord:9', name: 'Eve' });
    await call('stop', [], 'viewer');
    expect(broadcast.status.state).toBe('live');
    await call('play', ['#999']);
    expect(audit.list(10)).toEqual([]);
  });
});
