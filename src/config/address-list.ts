/** Addresses may have commas and semicolons of their own: one separates only where another address begins behind it. */
const BETWEEN = /\s*[,;]\s*(?=https?:\/\/)|\s+/i;

/** Splits a list of http(s) addresses that are separated by commas, semicolons, spaces or lines. */
export function splitAddresses(text: string): string[] {
  return text
    .split(BETWEEN)
    .map((part) => part.replace(/[,;]+$/, ''))
    .filter((part) => part !== '');
}
