import type { SpecIssue, SpecSchema } from 'discord-api-spec/zod';
import { refusal } from './api-error.ts';

/** One wrong field with Discord's code and text. */
export interface FormProblem {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** Builds Discord's nested form: `{ embeds: { 0: { title: { _errors: [{ code, message }] } } } }`. */
export interface ErrorTree {
  [key: string]: ErrorTree | { code: string; message: string }[];
}

/** The parsed value, or all its problems; `base` is its path in the body. */
export function parseForm<T>(schema: SpecSchema<T>, value: unknown, base: readonly PropertyKey[] = []): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidForm(
    result.error.issues.flatMap((issue) => problemsOf(issue, value, [])),
    base,
  );
}

/** Makes error 50035 with the problems in Discord's form. */
function invalidForm(problems: readonly FormProblem[], base: readonly PropertyKey[]): Error {
  const errors: ErrorTree = {};
  for (const { path, code, message } of problems) {
    let node = errors;
    for (const key of [...base, ...path]) {
      const next = node[String(key)];
      if (next && !Array.isArray(next)) node = next;
      else {
        const made: ErrorTree = {};
        node[String(key)] = made;
        node = made;
      }
    }
    const list = Array.isArray(node._errors) ? node._errors : [];
    node._errors = [...list, { code, message }];
  }
  return refusal(50035, { errors });
}

/** Throws 50035 if there are any. */
export function refuseProblems(problems: readonly FormProblem[], base: readonly PropertyKey[] = []): void {
  if (problems.length > 0) throw invalidForm(problems, base);
}

function problemsOf(issue: SpecIssue, value: unknown, base: readonly PropertyKey[]): FormProblem[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ path, ...wording(issue, valueAt(value, path)) }];
  const branch = likeliestBranch(issue.errors ?? []);
  if (branch) return branch.flatMap((inner) => problemsOf(inner, value, path));
  return [{ path, code: 'UNION_TYPE_CHOICES', message: 'No known kind of value fits here.' }];
}

/** The branch whose `type` fits; of several the one with the fewest problems. */
function likeliestBranch(branches: readonly (readonly SpecIssue[])[]): readonly SpecIssue[] | undefined {
  return branches
    .filter((issues) => !issues.some(({ path, code }) => path.length <= 1 && code === 'invalid_value'))
    .sort((one, other) => one.length - other.length)[0];
}

function wording(issue: SpecIssue, value: unknown): { code: string; message: string } {
  const unit = issue.origin === 'number' || issue.origin === 'int' ? '' : ' in length';
  switch (issue.code) {
    case 'too_big':
      return unit
        ? { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` }
        : {
            code: 'NUMBER_TYPE_MAX',
            message: `int value should be less than or equal to ${issue.maximum}.`,
          };
    case 'too_small':
      return unit
        ? { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${issue.minimum} or more in length.` }
        : {
            code: 'NUMBER_TYPE_MIN',
            message: `int value should be greater than or equal to ${issue.minimum}.`,
          };
    case 'invalid_value':
      return value === undefined
        ? { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : {
            code: 'BASE_TYPE_CHOICES',
            message: `Value must be one of {${(issue.values ?? []).join(', ')}}.`,
          };
    case 'invalid_format':
      return issue.format === 'url'
        ? { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }
        : { code: 'STRING_TYPE_REGEX', message: `Value is not a ${issue.format}.` };
    default:
      return value === undefined
        ? { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : { code: 'BASE_TYPE_BAD_TYPE', message: `Value of the wrong type: ${issue.message}.` };
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}
