import { screenId } from '../../src/domain/ids.ts';
import type { ScreenFacts } from '../../src/domain/screen-facts.ts';

/** A screen that is open to everybody. */
export function screenFacts(id: string, number = 1, name = id): ScreenFacts {
  return { id: screenId(id), number, name, control: 'viewer', watch: null };
}
