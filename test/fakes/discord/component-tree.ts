import type { APIMessage } from 'discord.js';

/** A component of a message or of a modal, of any kind. */
export interface Component {
  readonly type: number;
  readonly custom_id?: string;
  readonly disabled?: boolean;
  readonly url?: string;
  readonly options?: readonly {
    readonly value: string;
    readonly label: string;
    readonly description?: string;
  }[];
  readonly min_values?: number;
  readonly max_values?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly required?: boolean;
}

/** A component with its path from the root. */
export interface Placed {
  readonly component: Component & Readonly<Record<string, unknown>>;
  readonly path: readonly PropertyKey[];
}

/** Walks all components at any depth: rows, containers, sections, labels. */
export function* walkComponents(list: readonly unknown[], path: readonly PropertyKey[]): Generator<Placed> {
  for (const [index, component] of list.entries()) {
    if (isComponent(component)) yield* walk(component, [...path, index]);
  }
}

function* walk(component: Placed['component'], path: readonly PropertyKey[]): Generator<Placed> {
  yield { component, path };
  const { components, accessory, component: labelled } = component;
  if (Array.isArray(components)) yield* walkComponents(components, [...path, 'components']);
  if (isComponent(accessory)) yield* walk(accessory, [...path, 'accessory']);
  if (isComponent(labelled)) yield* walk(labelled, [...path, 'component']);
}

function isComponent(value: unknown): value is Placed['component'] {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'number';
}

/** Numbers the components and fills in their defaults, as the service does. */
export function withComponentIds(components: NonNullable<APIMessage['components']>): typeof components {
  const copy = structuredClone(components);
  let id = 0;
  for (const { component } of walkComponents(copy, [])) {
    id += 1;
    const fixed = { id: component.id ?? id, ...(component.type === 3 && { min_values: 1, max_values: 1 }) };
    Object.assign(component, { ...fixed, ...component });
  }
  return copy;
}
