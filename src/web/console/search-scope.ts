import { computed, effect, signal } from '@preact/signals';
import { catalogue } from './catalogue.ts';
import { titles } from './find-titles.ts';
import { view } from './view.ts';

/** Where the guide's search field searches: the channels, or the titles of the whole week. */
export const scope = signal<'channels' | 'titles'>('channels');

/** True while the search field searches titles, which only the guide does. */
export const searchesTitles = computed(() => view.value === 'guide' && scope.value === 'titles');

/** The text of the search field. */
export const searched = computed(() => (searchesTitles.value ? titles.text.value : catalogue.search.value));

/** Searches for a text in the current scope. */
export function find(text: string): void {
  if (searchesTitles.peek()) titles.find(text);
  else catalogue.setSearch(text);
}

/** Clears the search, also for "back"; false if there was none. */
export function clearSearch(): boolean {
  const wasSearching = searched.peek() !== '';
  if (wasSearching) find('');
  return wasSearching;
}

/** Takes the text along from one scope to the other. */
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
