import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { type FieldProblem, fieldRules } from '../words/request-problem.ts';

type Found = Omit<FieldProblem, 'field'>;

const types = ['string', 'number', 'int', 'boolean', 'object', 'array'] as const;

/** What is wrong with a request that a schema or Fastify itself has refused; null for other errors. */
export function fieldProblems(error: FastifyError): FieldProblem[] | null {
  if (hasZodFastifySchemaValidationErrors(error))
    return error.validation.map(({ instancePath, keyword, message = '', params }) => ({
      field: instancePath.slice(1),
      ...found(keyword, message, params),
    }));
  const { code, statusCode = 500 } = error;
  if (statusCode >= 500 || statusCode === 429) return null;
  return [{ field: '', rule: bodyRules[code] ?? 'other' }];
}

const bodyRules: Readonly<Record<string, FieldProblem['rule']>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'json',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'large',
};

/** By zod's code of an issue, and its parameters. */
function found(code: string, message: string, params: Readonly<Record<string, unknown>>): Found {
  // A schema's own message names the rule.
  const own = fieldRules.find((rule) => rule === message);
  if (own) return { rule: own, params: (params.params ?? {}) as FieldProblem['params'] & object };
  const isText = params.origin === 'string';
  switch (code) {
    case 'invalid_type': {
      if (message.endsWith('received undefined')) return { rule: 'missing' };
      return { rule: types.find((type) => type === params.expected) ?? 'other' };
    }
    case 'too_big':
      return { rule: isText ? 'long' : 'high', params: { most: String(params.maximum) } };
    case 'too_small':
      return { rule: isText ? 'short' : 'low', params: { least: String(params.minimum) } };
    case 'invalid_value':
      return { rule: 'choice', params: { choices: [params.values].flat().join(', ') } };
    case 'invalid_format':
      return { rule: params.format === 'datetime' ? 'time' : 'other' };
    default:
      return { rule: 'other' };
  }
}
