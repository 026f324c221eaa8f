/** The headers of one continuous MPEG-TS body. */
export const transportHeaders = {
  'content-type': 'video/mp2t',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
} as const;
