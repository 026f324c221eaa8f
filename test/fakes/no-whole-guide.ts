import type { GuideOptions } from '../../src/catalogue/guide/guide.ts';

/** The guide of a provider without a whole guide. */
export const noWholeGuide: GuideOptions['whole'] = {
  has: () => false,
  isSilent: () => false,
  between: () => [],
  search: async () => [],
  onNow: () => [],
  onChange: () => () => {},
};
