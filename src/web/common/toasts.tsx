import { signal } from '@preact/signals';
import { CloseIcon } from './icons.tsx';
import { texts } from './language.ts';

interface Toast {
  readonly id: number;
  readonly kind: 'good' | 'bad';
  readonly text: string;
}

const GOOD_MS = 3_500;
const BAD_MS = 9_000;
const MOST = 3;

const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

/** Shows a sentence at the bottom of the page for a few seconds; a failure stays longer. */
export function toast(kind: Toast['kind'], text: string): void {
  lastId += 1;
  const id = lastId;
  const others = toasts.value.filter((other) => other.text !== text);
  toasts.value = [...others, { id, kind, text }].slice(-MOST);
  setTimeout(() => dismiss(id), kind === 'good' ? GOOD_MS : BAD_MS);
}

function dismiss(id: number): void {
  toasts.value = toasts.value.filter((other) => other.id !== id);
}

export function Toasts() {
  return (
    <div class="toasts" role="status">
      {toasts.value.map(({ id, kind, text }) => (
        <p key={id} class={`toast toast-${kind}`}>
          <span>{text}</span>
          <button type="button" aria-label={texts.value.close} onClick={() => dismiss(id)}>
            <CloseIcon size={16} />
          </button>
        </p>
      ))}
    </div>
  );
}
