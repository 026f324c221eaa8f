/** The headers of one continuous MPEG-TS body. */
export const transportHeaders = {
  'content-type': 'video/mp2t',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
} as const;

/**
 * The headers of a past programme, which comes in real time. The last one tells that it cannot be asked for in parts, and
 * another Zapette, whose provider this one is, that it is not the live picture.
 */
export const archiveHeaders = { ...transportHeaders, 'accept-ranges': 'none' } as const;
