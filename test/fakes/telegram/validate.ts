import type { z } from 'zod';
import { badRequest, type Refusal } from './refusal.ts';

type Issue = z.core.$ZodIssue;

/** The service's own words for missing or wrong parameters, where known. */
const missing: Readonly<Record<string, string>> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  message_id: 'message identifier is not specified',
  commands: "can't parse commands JSON object",
  media: 'input media is not specified',
  callback_query_id: 'query is too old and response timeout expired or query ID is invalid',
};
const malformed: Readonly<Record<string, string>> = {
  chat_id: 'chat not found',
  reply_markup: 'object expected as reply markup',
  allowed_updates: "can't parse allowed updates JSON object",
  scope: "can't parse BotCommandScope: Unsupported type specified",
  menu_button: "can't parse menu button: MenuButton has unsupported type",
  action: 'wrong parameter action in request',
};

/**
 * Parses a call's parameters. Names that the service would ignore are dropped and passed to `onUnknown`.
 * @throws {Refusal} 400 for what is missing or of the wrong type
 */
export function validate<T>(
  schema: z.ZodType<T>,
  params: Readonly<Record<string, unknown>>,
  onUnknown: (name: string) => void,
): T {
  const first = schema.safeParse(params);
  if (first.success) return first.data;
  const unknown = flatten(first.error.issues).filter((issue) => issue.code === 'unrecognized_keys');
  for (const { path, keys } of unknown) for (const key of keys) onUnknown([...path, key].join('.'));
  const cleaned = structuredClone(params);
  for (const { path, keys } of unknown) remove(cleaned, path, keys);
  const second = unknown.length > 0 ? schema.safeParse(cleaned) : first;
  if (second.success) return second.data;
  throw refusal(second.error.issues[0], params);
}

function refusal(issue: Issue | undefined, params: Readonly<Record<string, unknown>>): Refusal {
  const name = String(issue?.path[0] ?? '');
  const given = params[name] !== undefined && params[name] !== '';
  const words = given ? malformed[name] : missing[name];
  const where = issue?.path.join('.') ?? '';
  const why = issue ? deepest(issue).message : 'unknown';
  if (given && words && (issue?.path.length ?? 0) > 1) return badRequest(`${words} (${where}: ${why})`);
  return badRequest(words ?? `parameter "${where}" is not what the method takes: ${why}`);
}

/** The problem of a union's closest alternative, instead of "invalid input". */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const best = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0]?.[0];
  return best ? deepest(best) : issue;
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

type Unrecognized = Extract<Issue, { code: 'unrecognized_keys' }>;

/** Issues with complete paths, including those of a union's closest alternative. */
function flatten(issues: readonly Issue[], prefix: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue) => {
    const path = [...prefix, ...issue.path];
    if (issue.code !== 'invalid_union') return [{ ...issue, path }];
    // The intended alternative is the one with wrong names only.
    const meant = issue.errors.find((errors) => errors.every(onlyNames));
    return meant ? flatten(meant, path) : [{ ...issue, path }];
  });
}

function onlyNames(issue: Issue): issue is Unrecognized {
  return issue.code === 'unrecognized_keys';
}

function remove(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): void {
  let parent: unknown = value;
  for (const step of path) parent = isRecord(parent) ? parent[String(step)] : undefined;
  if (isRecord(parent)) for (const key of keys) delete parent[key];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
