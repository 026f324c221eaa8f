import { useId, useRef, useState } from 'preact/hooks';
import { botTexts } from './bot-texts.ts';
import { FieldFailure, fieldFailureOf } from './field-failure.tsx';

interface TokenFormProps {
  readonly label: string;
  /** True if a whole message may be pasted. */
  readonly isLong?: boolean;
  /** Uses the token; the form shows its error. */
  readonly onToken: (token: string) => Promise<void>;
  /** Keeps the current token, where there is one. */
  readonly onCancel?: () => void;
}

/** A form for a bot's token, with the server's sentence below the field if the token is wrong. */
export function TokenForm({ label, isLong = false, onToken, onCancel }: TokenFormProps) {
  const t = botTexts.value;
  const id = useId();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const submit = async () => {
    const token = field.current?.value.trim() ?? '';
    if (isBusy || token === '') return field.current?.focus();
    setBusy(true);
    setFailure(null);
    try {
      await onToken(token);
    } catch (error) {
      setFailure(fieldFailureOf(error));
      field.current?.focus();
    }
    setBusy(false);
  };

  const shared = {
    id,
    ref: field,
    required: true,
    autocomplete: 'off',
    spellcheck: false,
    autocapitalize: 'off',
    'aria-invalid': failure !== null,
    'aria-describedby': `${id}-failure ${id}-hint`,
  } as const;
  return (
    <form
      class="setup-form bot-token"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div class="field">
        <label for={id}>{label}</label>
        {isLong ? <textarea {...shared} rows={3} /> : <input {...shared} type="password" />}
      </div>
      <FieldFailure id={`${id}-failure`} text={failure} />
      <p id={`${id}-hint`} class="setup-hint">
        {t.isSecret}
      </p>
      <div class="setup-buttons">
        <button type="submit" class="button button-main" disabled={isBusy}>
          {isBusy && <span class="spinner" aria-hidden="true" />}
          {t.saveToken}
        </button>
        {onCancel && (
          <button type="button" class="button button-plain" onClick={onCancel}>
            {t.keepToken}
          </button>
        )}
      </div>
    </form>
  );
}
