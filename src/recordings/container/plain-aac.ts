/** The beginning of what AAC-LC at 48 kHz in stereo says of itself (ISO/IEC 14496-3, AudioSpecificConfig). */
export const PLAIN_AAC = 0x1190;
