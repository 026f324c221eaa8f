import type { NowNextOptions } from '../../src/catalogue/guide/guide.ts';

/** Of a provider that has none. */
export const noWholeGuide: NowNextOptions['whole'] = {
  has: () => false,
  between: () => [],
  search: async () => [],
  onNow: () => [],
  onChange: () => () => {},
};
