import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execute } from '../../src/commands/execute.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Reply } from '../../src/commands/reply.ts';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import { type FakeHttp, startFakeHttp } from '../fakes/http-context.ts';

let http: FakeHttp;
beforeEach(async () => {
  http = await startFakeHttp({
    channels: ['TF1 HD', 'TF1 SD', 'TF1 Series', 'Arte'].map((name, index) => ({
      ...{ id: index + 1, name, number: null, categoryId: null, logo: null, epgId: null },
    })),
  });
});
afterEach(() => http.stop());

function ask(wish: string): Promise<Reply> {
  return execute(
    registry,
    http.context.commands,
    {
      actor: { id: 'discord:1', name: 'Ana', platform: 'discord', role: 'viewer', language: 'fr' },
      place: { id: 'discord:2', platform: 'discord', language: 'en', isPrivate: false },
    },
    { command: 'play', values: [wish] },
  );
}

const labels = ({ buttons = [] }: Reply) => buttons.flat().map(({ label }) => label);

describe('a wish', () => {
  it('that comes true is the card, in the language of the place', async () => {
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
    'that fails with %s names the channel, to the asker alone and in their language; ways out: %j',
    async (code, ways) => {
      http.failures.set(1, new AppError(code));
      const reply = await ask('#1');
      expect(reply.isPrivate).toBe(true);
      expect(reply.isCard).toBeUndefined();
      expect(reply.lines).toEqual([
        ['✖ ', { bold: 'TF1 HD' }, expect.stringMatching(/^ · .*(fournisseur|abonnement)/)],
      ]);
      expect(labels(reply)).toEqual(ways);
    },
  );

  it('for what is not in the list, or with a bug on the way, is refused as ever', async () => {
    expect(await ask('#99')).toMatchObject({ isRefusal: true });
    http.failures.set(1, new Error('a bug'));
    expect(JSON.stringify(await ask('#1'))).toMatch(/TF1 HD.*réf/);
  });
});
