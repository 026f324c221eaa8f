import type { ComponentChildren } from 'preact';
import { ClockIcon, StarIcon } from '../common/icons.tsx';
import { language, texts } from '../common/language.ts';
import { catalogue, type Shelf, shelves } from './catalogue.ts';
import { favourites } from './favourites.ts';

const icons: Readonly<Record<Shelf, ComponentChildren>> = {
  favourites: <StarIcon size={17} />,
  recents: <ClockIcon size={17} />,
};

/** The shelves and the categories with their counts; each shows its channels when pressed. */
export function CategoryList({ onChoose }: { readonly onChoose?: () => void }) {
  const { categories, category, shelf } = catalogue;
  const chooses = (choose: () => void) => () => {
    choose();
    onChoose?.();
  };
  return (
    <ul>
      {shelves.map((name) => (
        <Item
          key={name}
          icon={icons[name]}
          name={texts.value.shelves[name]}
          count={name === 'favourites' ? favourites.value.length : null}
          isChosen={shelf.value === name}
          onChoose={chooses(() => catalogue.setShelf(name))}
        />
      ))}
      <Item
        name={texts.value.allChannels}
        count={catalogue.all.value}
        isChosen={shelf.value === null && category.value === null}
        onChoose={chooses(() => catalogue.setCategory(null))}
      />
      {categories.value.map(({ id, name, count }) => (
        <Item
          key={`category ${id}`}
          name={name}
          count={count}
          isChosen={category.value === id}
          onChoose={chooses(() => catalogue.setCategory(id))}
        />
      ))}
    </ul>
  );
}

/** The name of the chosen shelf or category; null for all channels. */
export function chosenName(): string | null {
  const { categories, category, shelf } = catalogue;
  if (shelf.value !== null) return texts.value.shelves[shelf.value];
  return categories.value.find(({ id }) => id === category.value)?.name ?? null;
}

interface ItemProps {
  readonly icon?: ComponentChildren;
  readonly name: string;
  readonly count: number | null;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Item({ icon, name, count, isChosen, onChoose }: ItemProps) {
  return (
    <li>
      <button type="button" aria-pressed={isChosen} onClick={onChoose}>
        <span class="category-name">
          {icon}
          {name}
        </span>
        <span class="category-count">{count?.toLocaleString(language.value)}</span>
      </button>
    </li>
  );
}
