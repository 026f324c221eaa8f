import { foldWords } from '../catalogue/names/fold.ts';
import type { Place } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { isScreenId, liveScreen, type ScreenId } from '../domain/ids.ts';
import type { ScreenChanges } from '../domain/screen-facts.ts';
import { plainText } from '../lib/plain-text.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type Requester, requireRole } from './rights.ts';

/** Adds, changes and removes screens while players are served. */
export interface ScreenKeeper {
  /** @throws AppError screen_exists, screens_full */
  add(id: ScreenId, name: string): Promise<Screen>;
  change(id: ScreenId, changes: ScreenChanges): Screen;
  remove(id: ScreenId): Promise<void>;
  /** Makes a place in a chat be about a screen. */
  choosePlace(place: string, screen: ScreenId): void;
}

export interface ScreensContext extends AuditContext {
  readonly screens: Pick<Screens, 'get' | 'all'>;
  readonly screenKeeper: ScreenKeeper;
}

/** Fits a button and a television's list. */
const LONGEST_NAME = 40;
const LONGEST_ID = 24;

/**
 * Adds a screen.
 * @param id made of the name where it is missing.
 * @throws AppError not_allowed, screen_name, screen_id, screen_exists, screens_full
 */
export async function addScreen(
  context: ScreensContext,
  { id, name }: { readonly id?: string | undefined; readonly name: string },
  by: Requester,
): Promise<Screen> {
  requireRole(by, 'screens');
  const called = nameOf(name);
  const screen = await context.screenKeeper.add(id === undefined ? idOf(called) : givenId(id), called);
  writeAudit(context, by, 'screen_added', called, screen.id);
  return screen;
}

/** Changes a screen's name or rights. @throws AppError not_allowed, screen_name, screen_exists */
export function changeScreen(
  context: ScreensContext,
  screen: Screen,
  { name, ...rights }: ScreenChanges,
  by: Requester,
): Screen {
  requireRole(by, 'screens');
  const called = name === undefined ? undefined : nameOf(name);
  const isTaken = context.screens
    .all()
    .some(({ id, facts }) => id !== screen.id && facts.name.toLowerCase() === called?.toLowerCase());
  if (isTaken) throw new AppError('screen_exists', { screen: called ?? '' });
  const changed = context.screenKeeper.change(screen.id, {
    ...rights,
    ...(called === undefined ? {} : { name: called }),
  });
  writeAudit(context, by, 'screen_changed', changed.facts.name, screen.id);
  return changed;
}

/** Removes a screen; its players see the slate. @throws AppError not_allowed, screen_stays */
export async function removeScreen(
  context: ScreensContext,
  { id, facts }: Screen,
  by: Requester,
): Promise<void> {
  requireRole(by, 'screens');
  if (id === liveScreen) throw new AppError('screen_stays', { screen: facts.name });
  await context.screenKeeper.remove(id);
  writeAudit(context, by, 'screen_removed', facts.name, id);
}

/** Makes a place in a chat be about a screen: its commands and its card. @throws AppError not_allowed */
export function useScreen(
  context: ScreensContext,
  { id: place }: Pick<Place, 'id'>,
  screen: Screen,
  by: Requester,
): void {
  requireRole(by, 'useScreen');
  context.screenKeeper.choosePlace(place, screen.id);
  writeAudit(context, by, 'screen_used', screen.facts.name, screen.id);
}

/** The screen that somebody typed, by its number, its id or its name in any spelling. @throws AppError screen_unknown */
export function screenCalled(screens: Pick<Screens, 'get' | 'all'>, typed: string): Screen {
  const text = typed.trim();
  const folded = foldWords(text);
  const isMeant = ({ id, facts: { name, number } }: Screen) =>
    text === String(number) || id === text.toLowerCase() || (folded !== '' && foldWords(name) === folded);
  return screens.all().find(isMeant) ?? screens.get(text);
}

/** @throws AppError screen_name */
function nameOf(text: string): string {
  const name = plainText(text);
  if (name === '' || name.length > LONGEST_NAME) throw new AppError('screen_name', { most: LONGEST_NAME });
  return name;
}

/** "Salle de sport" becomes "salle-de-sport". @throws AppError screen_name where no letter or digit is in it */
function idOf(name: string): ScreenId {
  const id = foldWords(name).replaceAll(' ', '-').slice(0, LONGEST_ID).replace(/-$/, '');
  if (!isScreenId(id)) throw new AppError('screen_name', { most: LONGEST_NAME });
  return id;
}

/** @throws AppError screen_id */
function givenId(text: string): ScreenId {
  if (!isScreenId(text)) throw new AppError('screen_id', { screen: text });
  return text;
}
