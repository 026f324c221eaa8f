/** A length in rem as a CSS value. */
export function rem(length: number): string {
  return `${length}rem`;
}

/** The pixels of one rem. */
export function remInPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
