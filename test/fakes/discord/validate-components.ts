import { type Component, type Placed, walkComponents } from './component-tree.ts';
import type { FormProblem } from './error-tree.ts';
import { urlProblems } from './validate-url.ts';

const kinds = { row: 1, button: 2, select: 3, textDisplay: 10 } as const;
const linkStyle = 5;
const premiumStyle = 6;
/** Both spellings of emoji that the service accepts, with and without the variation selector for colour. */
const emoji = /^(?:\p{RGI_Emoji}|(?![\d#*])\p{Emoji})$/v;

/** The problems of a message's components beyond the schema. Paths begin with `components`. */
export function componentProblems(components: readonly unknown[], v2: boolean): FormProblem[] {
  const placed = [...walkComponents(components, ['components'])];
  return [
    ...layoutProblems(components, placed, v2),
    ...duplicateProblems(placed),
    ...placed.flatMap((one) => {
      if (one.component.type === kinds.row) return rowProblems(one);
      if (one.component.type === kinds.button) return buttonProblems(one);
      return one.component.type === kinds.select ? selectProblems(one) : [];
    }),
  ];
}

/** Custom ids must be unique in a message or modal. */
export function duplicateProblems(placed: readonly Placed[]): FormProblem[] {
  const seen = new Set<string>();
  return placed.flatMap(({ component, path }) => {
    const id = component.custom_id;
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    return [
      problem(
        [...path, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      ),
    ];
  });
}

function problem(path: readonly PropertyKey[], code: string, message: string): FormProblem {
  return { path, code, message };
}

function layoutProblems(
  components: readonly unknown[],
  placed: readonly Placed[],
  v2: boolean,
): FormProblem[] {
  if (v2) {
    const texts = placed.filter(({ component }) => component.type === kinds.textDisplay);
    const length = texts.reduce(
      (sum, { component }) => sum + (typeof component.content === 'string' ? component.content.length : 0),
      0,
    );
    return [
      ...(placed.length > 40
        ? [problem(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 40 in length.')]
        : []),
      ...(length > 4000
        ? [
            problem(
              ['components'],
              'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
              'Displayable text exceeds 4000.',
            ),
          ]
        : []),
    ];
  }
  const foreign = placed.filter(({ component, path }) => path.length === 2 && component.type !== kinds.row);
  return [
    ...(components.length > 5
      ? [problem(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.')]
      : []),
    ...foreign.map(({ path }) =>
      problem(path, 'UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).'),
    ),
  ];
}

function rowProblems({ component, path }: Placed): FormProblem[] {
  const children = Array.isArray(component.components) ? (component.components as readonly Component[]) : [];
  const buttons = children.filter(({ type }) => type === kinds.button).length;
  if (buttons === children.length || children.length === 1) return [];
  return [
    problem(
      [...path, 'components'],
      'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      'The specified component exceeds the maximum width',
    ),
  ];
}

function buttonProblems({ component, path }: Placed): FormProblem[] {
  const { style, custom_id: id, url, label, emoji: icon, sku_id: sku } = component;
  const problems: FormProblem[] = [];
  if (style === linkStyle) {
    if (url === undefined)
      problems.push(problem([...path, 'url'], 'BASE_TYPE_REQUIRED', 'This field is required'));
    if (id !== undefined && id !== null) {
      problems.push(
        problem(
          path,
          'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
          'A custom id and url cannot both be specified',
        ),
      );
    }
    problems.push(...urlProblems(url, [...path, 'url']));
  } else if (style !== premiumStyle) {
    if (id === undefined || id === null) {
      problems.push(problem([...path, 'custom_id'], 'BASE_TYPE_REQUIRED', 'This field is required'));
    }
    if (url !== undefined && url !== null) {
      problems.push(
        problem([...path, 'url'], 'BUTTON_COMPONENT_INVALID_STYLE', 'Only a link button can have a url'),
      );
    }
  }
  if (!label && !icon && !sku) {
    problems.push(problem(path, 'BUTTON_COMPONENT_EMPTY', 'A button needs a label or an emoji'));
  }
  return [...problems, ...emojiProblems(icon, [...path, 'emoji', 'name'])];
}

function emojiProblems(icon: unknown, path: readonly PropertyKey[]): FormProblem[] {
  if (typeof icon !== 'object' || icon === null || ('id' in icon && icon.id)) return [];
  const name = 'name' in icon ? String(icon.name) : '';
  return emoji.test(name) ? [] : [problem(path, 'BUTTON_COMPONENT_INVALID_EMOJI', 'Invalid emoji')];
}

function selectProblems({ component, path }: Placed): FormProblem[] {
  const options = component.options ?? [];
  const { min_values: min = 1, max_values: max = 1 } = component;
  const values = new Set(options.map(({ value }) => value));
  return [
    ...(values.size < options.length
      ? [
          problem(
            [...path, 'options'],
            'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
            'The specified option value is already used',
          ),
        ]
      : []),
    ...(max > options.length || min > max
      ? [
          problem(
            [...path, 'max_values'],
            'SELECT_COMPONENT_MAX_VALUES_EXCEEDED',
            'More values than there are options',
          ),
        ]
      : []),
  ];
}
