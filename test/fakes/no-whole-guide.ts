import type { NowNextOptions } from '../../src/catalogue/guide/guide.ts';

/** The guide of a provider without a whole guide. */
export const noWholeGuide: NowNextOptions['whole'] = {
  has: () => false,
  between: () => [],
  search: async () => [],
  onNow: () => [],
  onChange: () => () => {},
};
