import type { Screen } from '../../stream/screen/screen.ts';
import type { Picture } from '../picture.ts';
import { lowFolder } from '../screen-paths.ts';

/**
 * The folder of a picture on edges; null for a screen that is not for everybody, which is at home only: whoever knows the prefix
 * gets all that is below it.
 */
export function edgeFolder({ id, facts }: Pick<Screen, 'id' | 'facts'>, picture: Picture): string | null {
  if (facts.watch !== null) return null;
  return picture === 'low' ? `${id}/${lowFolder}` : id;
}
