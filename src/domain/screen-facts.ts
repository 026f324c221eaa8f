import type { Role } from './actor.ts';
import type { ScreenId } from './ids.ts';

/** A screen as it is stored. */
export interface ScreenFacts {
  readonly id: ScreenId;
  /** 1 to 99; 1 is the default screen. Players name the screen by it, so no other screen gets it later. */
  readonly number: number;
  /** For people and players. */
  readonly name: string;
  /** The least role that may change what is on it. */
  readonly control: Role;
  /** The least role that may watch it, logged in; null: whoever may watch at all. */
  readonly watch: Role | null;
}

/** What people may change of a screen. */
export type ScreenChanges = Partial<Pick<ScreenFacts, 'name' | 'control' | 'watch'>>;
