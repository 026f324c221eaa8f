import type { APIModalInteractionResponseCallbackData } from 'discord.js';
import {
  InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema,
  InteractionApplicationCommandAutocompleteCallbackNumberDataSchema,
  InteractionApplicationCommandAutocompleteCallbackStringDataSchema,
  ModalInteractionCallbackRequestDataSchema,
} from 'discord-api-spec/zod';
import { z } from 'zod';
import { walkComponents } from './component-tree.ts';
import { type FormProblem, parseForm, refuseProblems } from './error-tree.ts';
import { duplicateProblems } from './validate-components.ts';

const callback = z.object({ type: z.number(), data: z.unknown().optional() });
const choices = z.object({
  choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).nullish(),
});

/** A suggestion of an autocomplete. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** Option types with autocomplete, with the schemas of their choices. */
const dataSchemas = {
  3: InteractionApplicationCommandAutocompleteCallbackStringDataSchema,
  4: InteractionApplicationCommandAutocompleteCallbackIntegerDataSchema,
  10: InteractionApplicationCommandAutocompleteCallbackNumberDataSchema,
} as const;

/** Parses the type and data of a callback. @throws 50035 if the type is not one of `allowed` */
export function checkCallback(
  value: unknown,
  allowed: readonly number[],
): { readonly type: number; readonly data: unknown } {
  const { type, data } = parseForm(callback, value);
  if (!allowed.includes(type)) {
    const message = `Value must be one of {${allowed.join(', ')}}.`;
    refuseProblems([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message }]);
  }
  return { type, data };
}

/** Parses the suggestions for an option of the given type: at most 25, names of 1-100, values of at most 100. */
export function checkChoices(value: unknown, optionType: number): readonly Choice[] {
  const schema = dataSchemas[optionType === 4 || optionType === 10 ? optionType : 3];
  parseForm(schema, value ?? {}, ['data']);
  const list = choices.parse(value ?? {}).choices ?? [];
  refuseProblems(
    list.flatMap(({ value: given }, index): FormProblem[] => {
      if (typeof given !== 'string' || (given.length >= 1 && given.length <= 100)) return [];
      const message = 'Must be between 1 and 100 in length.';
      return [{ path: ['data', 'choices', index, 'value'], code: 'BASE_TYPE_BAD_LENGTH', message }];
    }),
  );
  return list;
}

/** Parses a form, whose fields need distinct names. */
export function checkModal(value: unknown): APIModalInteractionResponseCallbackData {
  const modal = parseForm(ModalInteractionCallbackRequestDataSchema, value ?? {}, ['data']);
  const problems = duplicateProblems([...walkComponents(modal.components, ['data', 'components'])]);
  if (modal.components.length > 5) {
    const message = 'Must be between 1 and 5 in length.';
    problems.push({ path: ['data', 'components'], code: 'BASE_TYPE_BAD_LENGTH', message });
  }
  refuseProblems(problems);
  return modal;
}
