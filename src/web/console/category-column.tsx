import { texts } from '../common/language.ts';
import { CategoryList } from './category-list.tsx';

/** The categories as a column beside the channels. */
export function CategoryColumn() {
  return (
    <nav class="categories" aria-label={texts.value.categories}>
      <h2>{texts.value.categories}</h2>
      <CategoryList />
    </nav>
  );
}
