import type { Person } from '../common/contract.ts';
import { texts } from '../common/language.ts';

/** What the reader calls somebody. */
export function personName({ name }: Person): string {
  return name === 'console' ? texts.value.owner : name;
}
