import { liveScreen } from '../domain/ids.ts';

/** The path of a screen's watch page. */
export function watchPath(screen: string): string {
  return screen === liveScreen ? '/watch' : `/watch/${screen}`;
}
