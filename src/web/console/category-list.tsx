import { catalogueChange } from '../common/events.ts';
import { language, texts } from '../common/language.ts';
import { catalogue } from './catalogue.ts';

/** All categories with their counts; pressing one filters the channels. */
export function CategoryList({ onChoose }: { readonly onChoose?: () => void }) {
  const all = catalogue.categories.value;
  const choose = (id: string | null) => {
    catalogue.setCategory(id);
    onChoose?.();
  };
  return (
    <ul>
      <Item
        id={null}
        name={texts.value.allChannels}
        count={catalogueChange.value?.channels ?? null}
        onChoose={choose}
      />
      {all.map(({ id, name, count }) => (
        <Item key={id} id={id} name={name} count={count} onChoose={choose} />
      ))}
    </ul>
  );
}

interface ItemProps {
  readonly id: string | null;
  readonly name: string;
  readonly count: number | null;
  readonly onChoose: (id: string | null) => void;
}

function Item({ id, name, count, onChoose }: ItemProps) {
  return (
    <li>
      <button type="button" aria-pressed={catalogue.category.value === id} onClick={() => onChoose(id)}>
        <span class="category-name">{name}</span>
        <span class="category-count">{count?.toLocaleString(language.value)}</span>
      </button>
    </li>
  );
}
