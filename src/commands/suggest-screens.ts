import { mayWatchScreen } from '../actions/rights.ts';
import { labelOf, type TitleSource } from '../catalogue/channel-title.ts';
import { foldWords } from '../catalogue/names/fold.ts';
import type { Actor } from '../domain/actor.ts';
import { chosenChannel } from '../domain/broadcast-status.ts';
import type { ScreenId } from '../domain/ids.ts';
import type { Screens } from '../stream/screen/screens.ts';

export interface ScreenSuggestion {
  /** The name, and what is on. */
  readonly label: string;
  readonly id: ScreenId;
}

/** Suggests screens while somebody types a name: those that the person may watch. */
export function suggestScreens(
  context: TitleSource & { readonly screens: Pick<Screens, 'all'> },
  { role }: Pick<Actor, 'role'>,
  typed: string,
): ScreenSuggestion[] {
  if (role === null) return [];
  const wanted = foldWords(typed);
  return context.screens
    .all()
    .filter((screen) => mayWatchScreen(role, screen) && foldWords(screen.facts.name).includes(wanted))
    .map(({ id, facts: { name }, broadcast }) => {
      const onAir = chosenChannel(broadcast.status);
      return { id, label: onAir ? `${name} · ${labelOf(context, onAir)}` : name };
    });
}
