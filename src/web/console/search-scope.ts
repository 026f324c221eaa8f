import { computed, effect, signal } from '@preact/signals';
import { catalogue } from './catalogue.ts';
import { titles } from './find-titles.ts';
import { view } from './view.ts';

/** What the guide's one search field looks through: the channels, or the titles of the whole week. */
export const scope = signal<'channels' | 'titles'>('channels');

/** Titles are only looked for in the guide. */
export const searchesTitles = computed(() => view.value === 'guide' && scope.value === 'titles');

export const searched = computed(() => (searchesTitles.value ? titles.text.value : catalogue.search.value));

export function find(text: string): void {
  if (searchesTitles.peek()) titles.find(text);
  else catalogue.setSearch(text);
}

/** For "back" too: true where something was searched for. */
export function clearSearch(): boolean {
  const wasSearching = searched.peek() !== '';
  if (wasSearching) find('');
  return wasSearching;
}

/** What is typed goes along from one scope to the other. */
effect(() => {
  const toTitles = searchesTitles.value;
  const text = toTitles ? catalogue.search.peek() : titles.text.peek();
  if (text === '') return;
  if (toTitles) {
    catalogue.setSearch('');
    titles.find(text);
  } else {
    titles.find('');
    catalogue.setSearch(text);
  }
});
