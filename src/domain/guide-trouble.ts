/** Why a guide could not be read. */
export type GuideTrouble =
  | 'unreachable'
  | 'certificate'
  | 'no_https'
  | 'redirects'
  | 'refused'
  | 'missing'
  | 'status'
  | 'not_xmltv'
  | 'no_channel'
  | 'broken';
