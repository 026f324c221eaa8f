/** Moves the focus after the next render to the first of these that is there, when the pressed button is gone. */
export function focusNext(...selectors: readonly string[]): void {
  requestAnimationFrame(() => {
    const target = selectors.map((selector) => document.querySelector<HTMLElement>(selector)).find(Boolean);
    target?.focus({ preventScroll: true });
  });
}
