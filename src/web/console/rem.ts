/** A length as CSS has it, in the size of the page's type. */
export function rem(length: number): string {
  return `${length}rem`;
}

/** Pixels of one rem. */
export function remInPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
