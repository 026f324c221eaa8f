import { execute } from '../../src/commands/execute.ts';
import { valuesOf } from '../../src/commands/parse-values.ts';
import { registry } from '../../src/commands/registry.ts';
import type { Button, Reply } from '../../src/commands/reply.ts';
import type { Actor, Place } from '../../src/domain/actor.ts';
import type { Category, Channel } from '../../src/domain/channel.ts';
import { isCommandName } from '../../src/domain/command-name.ts';
import type { Line } from '../../src/words/line.ts';
import type { FakeHttp } from '../fakes/http-context.ts';
import { mainId } from '../fakes/main-id.ts';

export const ada: Actor = {
  platform: 'discord',
  id: 'discord:1',
  name: 'Ada',
  role: 'controller',
  language: 'en',
};
export const room: Place = { id: 'discord:tv', platform: 'discord', language: 'en', isPrivate: false };

/** Somebody writes a command, as in a chat: "/play tf1 hd". */
export function ask(fake: FakeHttp, text: string, actor: Actor = ada): Promise<Reply> {
  const [, name = '', rest = ''] = /^\/(\w+)\s*(.*)$/s.exec(text) ?? [];
  if (!isCommandName(name)) throw new Error(`/${name} is no command`);
  return run(fake, name, valuesOf(registry[name], rest), actor);
}

/** Somebody presses the button with that label. */
export function press(fake: FakeHttp, reply: Reply, label: string, actor: Actor = ada): Promise<Reply> {
  const button = buttonsOf(reply).find((each) => each.label === label);
  if (!button || !('action' in button))
    throw new Error(`no button ${label} among ${labelsOf(reply).join(', ')}`);
  return run(fake, button.action.command, button.action.values, actor);
}

export function labelsOf(reply: Reply): string[] {
  return buttonsOf(reply).map(({ label }) => label);
}

/** What people read, line by line; times are left as numbers. */
export function textOf({ lines }: Reply): string {
  return lines.map(plain).join('\n');
}

/** Channels of these names, with ids and numbers from 1, in one category. */
export function channelsOf(
  names: readonly string[],
  category: Category = { id: '3', name: 'All' },
): Channel[] {
  return names.map((name, at) => ({
    id: mainId(at + 1),
    number: at + 1001,
    name,
    categoryId: category.id,
    logo: null,
    epgId: null,
    archiveDays: 0,
  }));
}

function run(
  { context }: FakeHttp,
  command: string,
  values: readonly string[],
  actor: Actor,
): Promise<Reply> {
  return execute(registry, context, { actor, place: room }, { command, values });
}

/** Whatever can be pressed or chosen. */
function buttonsOf({ menu, buttons = [] }: Reply): Button[] {
  return [...(menu?.choices ?? []), ...buttons.flat()];
}

function plain(line: Line): string {
  return line.map((span) => (typeof span === 'string' ? span : String(Object.values(span)[0]))).join('');
}
