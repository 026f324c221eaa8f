import type { Person } from '../common/contract/people.ts';
import { texts } from '../common/language.ts';

/** A person's name, which is "Owner" for the owner's token. */
export function personName({ name }: Person): string {
  return name === 'console' ? texts.value.owner : name;
}
