import { hasModifier, isBack, takesText } from './keys.ts';

/** Steps one level out. False: there was nothing to step out of. */
type StepOut = () => boolean;

const steps: StepOut[] = [];

/** Adds what "back" does; the last one added is asked first. Returns what takes it away. */
export function onBack(step: StepOut): () => void {
  steps.push(step);
  return () => {
    const place = steps.indexOf(step);
    if (place >= 0) steps.splice(place, 1);
  };
}

/** Obeys "back" on keyboards and remotes: a dialog over the page closes, else what was told by `onBack` happens. */
export function followBack(): void {
  document.addEventListener('keydown', (event) => {
    if (!isBack(event) || event.defaultPrevented || hasModifier(event)) return;
    if (event.key === 'Backspace' && takesText(document.activeElement)) return;
    const dialog = document.querySelector<HTMLDialogElement>('dialog[open]:not([data-beside])');
    if (dialog) {
      // Escape closes it without us
      if (event.key !== 'Escape') {
        event.preventDefault();
        dialog.close();
      }
      return;
    }
    if ([...steps].reverse().some((step) => step())) event.preventDefault();
  });
}
