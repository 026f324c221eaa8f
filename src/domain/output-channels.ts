/** Which channels players outside (Jellyfin, Kodi and the like) are offered besides the screens. */
export type OutputChannels =
  | { readonly kind: 'none' | 'favourites' | 'all' }
  /** Names or ids of the provider's categories. */
  | { readonly kind: 'categories'; readonly categories: readonly string[] };

/** The screens alone. */
export const offerNothing: OutputChannels = { kind: 'none' };

const CATEGORIES = /^categories\s*:/i;

/** Parses OUTPUT_CHANNELS: `none`, `favourites`, `all` or `categories:a,b`. @returns null for any other text. */
export function parseOutputChannels(text: string): OutputChannels | null {
  const value = text.trim();
  const word = value.toLowerCase();
  if (word === 'none' || word === 'favourites' || word === 'all') return { kind: word };
  if (!CATEGORIES.test(value)) return null;
  const categories = value
    .replace(CATEGORIES, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return categories.length > 0 ? { kind: 'categories', categories } : null;
}
