import { ApiError } from '../common/api.ts';
import { sentenceOf, toastError } from '../common/failure.ts';

/** The place of an error beside its field; screen readers read it out as it appears. */
export function FieldFailure({ id, text }: { readonly id: string; readonly text: string | null }) {
  return (
    <p id={id} class="field-failure" role="alert">
      {text}
    </p>
  );
}

/** The sentence for a field; an ended session shows the log-in card in its place. */
export function fieldFailureOf(error: unknown): string | null {
  if (error instanceof ApiError && error.status === 401) {
    toastError(error);
    return null;
  }
  return sentenceOf(error);
}
