import { texts } from '../common/language.ts';
import { screens } from '../common/screens.ts';
import { Tile } from './tile.tsx';

/** All screens that this browser may watch, side by side. */
export function WallPage() {
  const list = screens.value;
  return (
    <main class="wall">
      <h1 class="hidden-text">{texts.value.wall}</h1>
      {list?.length === 0 && <p class="wall-none">{texts.value.noScreens}</p>}
      <ul style={{ '--columns': columnsFor(list?.length ?? 0) }}>
        {list?.map((screen, place) => (
          <Tile key={screen.id} screen={screen} number={place + 1} />
        ))}
      </ul>
    </main>
  );
}

/** As many columns as rows, or one more. */
function columnsFor(count: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(count)));
}
