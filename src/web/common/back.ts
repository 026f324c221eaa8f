import { hasModifier, isBack, takesText } from './keys.ts';

/** Closes one thing; false if there was nothing to close. */
type StepOut = () => boolean;

const steps: StepOut[] = [];

/** Adds a step for "back"; the last one added is tried first. @returns a function that removes it */
export function onBack(step: StepOut): () => void {
  steps.push(step);
  return () => {
    const place = steps.indexOf(step);
    if (place >= 0) steps.splice(place, 1);
  };
}

/** Handles "back" on keyboards and remotes: closes the open dialog, else runs the steps of `onBack` until one applies. */
export function followBack(): void {
  document.addEventListener('keydown', (event) => {
    if (!isBack(event) || event.defaultPrevented || hasModifier(event)) return;
    if (event.key === 'Backspace' && takesText(document.activeElement)) return;
    const dialog = document.querySelector<HTMLDialogElement>('dialog[open]:not([data-beside])');
    if (dialog) {
      // the browser closes it at Escape
      if (event.key !== 'Escape') {
        event.preventDefault();
        dialog.close();
      }
      return;
    }
    if ([...steps].reverse().some((step) => step())) event.preventDefault();
  });
}
