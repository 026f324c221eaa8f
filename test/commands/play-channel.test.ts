import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import type { Actor } from '../../src/domain/actor.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

let http: FakeHttp;
beforeEach(async () => {
  http = await startFakeHttp({
    channels: ['TF1 HD', 'TF1 SD', 'TF1 Series', 'Arte'].map((name, index) => ({
      id: mainId(index + 1),
      name,
      number: null,
      categoryId: null,
      logo: null,
      epgId: null,
      archiveDays: 0,
    })),
  });
});
afterEach(() => http.stop());

const ana: Actor = { id: 'discord:1', name: 'Ana', platform: 'discord', role: 'viewer', language: 'fr' };
const dee: Actor = { ...ana, id: 'discord:9', name: 'Dee' };

function ask(wish: string, actor = ana, show: (progress: Reply) => void = () => {}): Promise<Reply> {
  return execute(
    registry,
    http.context,
    {
      actor,
      place: { id: 'discord:2', platform: 'discord', language: 'en', isPrivate: false },
      show,
    },
    wish === '' ? { command: 'stop', values: [] } : { command: 'play', values: [wish] },
  );
}

const labels = ({ buttons = [] }: Reply) => buttons.flat().map(({ label }) => label);

describe('/play', () => {
  it('answers with the card in the language of the place', async () => {
    const reply = await ask('#1');
    expect(reply).toMatchObject({ isPrivate: false, isCard: true });
    expect(JSON.stringify(reply.lines)).toContain('on air');
  });

  it.each<[ErrorCode, readonly string[]]>([
    ['channel_dead', ['TF1 · SD', 'TF1 Series']],
    ['line_in_use', ['TF1 · SD', 'TF1 Series']],
    ['no_slot', ['TF1 · SD', 'TF1 Series']],
    ['account_expired', []],
  ])(
    'names the channel that fails with %s, to the asker alone and in their language, and offers %j',
    async (code, ways) => {
      http.failures.set(1, new AppError(code));
      const reply = await ask('#1');
      expect(reply.isPrivate).toBe(true);
      expect(reply.isCard).toBeUndefined();
      expect(reply.lines).toEqual([
        ['✖ ', { bold: 'TF1' }, expect.stringMatching(/^ · .*(fournisseur|abonnement)/)],
      ]);
      expect(labels(reply)).toEqual(ways);
    },
  );

  it('refuses a channel that is not in the list, and gives a reference for a bug', async () => {
    expect(await ask('#99')).toMatchObject({ isRefusal: true });
    http.failures.set(1, new Error('a bug'));
    expect(JSON.stringify(await ask('#1'))).toMatch(/TF1.*réf/);
  });

  it('says at once which channel is being opened, in the language of the place, unless it is on air', async () => {
    const shown: Reply[] = [];
    await ask('#1', ana, (progress) => shown.push(progress));
    await ask('#1', ana, (progress) => shown.push(progress));
    expect(shown).toEqual([{ lines: [['Opening TF1…']], isPrivate: false }]);
  });

  it.each<[what: string, by: Actor, wish: string, told: string]>([
    ['who wanted something else names them', dee, '#4', 'Devancé par Dee : Arte.'],
    ['who stopped it names them', { ...dee, role: 'controller' }, '', 'Annulé par Dee.'],
  ])('tells the asker of a cancelled request: %s', async (_what, by, wish, told) => {
    http.silent.add(1);
    const first = ask('#1');
    await vi.waitFor(() => expect(http.screen.broadcast.status.wanted).not.toBeNull(), { timeout: 10_000 });
    await ask(wish, by);
    expect(await first).toMatchObject({ lines: [[told]], isPrivate: true, isRefusal: true });
  });

  it.each(['#4', ''])('says nothing where the asker cancelled their own request: %j', async (wish) => {
    http.silent.add(1);
    const first = ask('#1');
    await vi.waitFor(() => expect(http.screen.broadcast.status.wanted).not.toBeNull(), { timeout: 10_000 });
    await ask(wish);
    expect(await first).toEqual({ lines: [], isPrivate: true, isSilent: true });
  });
});
