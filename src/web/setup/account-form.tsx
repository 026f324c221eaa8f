import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { AccountKind, AccountTried, FurtherRequest } from './contract.ts';
import { FieldFailure, fieldFailureOf } from './field-failure.tsx';
import { type AccountFields, accountIn } from './parse-paste.ts';
import { setupTexts } from './texts.ts';

const nothing: AccountFields = { url: '', username: '', password: '' };

interface AccountFormProps {
  /** What may be entered; several let people choose. */
  readonly kinds: readonly AccountKind[];
  /** Tries and uses it; null if somebody has said no. @throws ApiError */
  readonly save: (request: FurtherRequest) => Promise<AccountTried | null>;
  readonly onTried: (tried: AccountTried) => void | Promise<void>;
  /** Another way out, beside the button. */
  readonly children?: ComponentChildren;
}

/**
 * The fields of a subscription or of a list, below a field for whatever the provider sent; one press tries and uses it.
 */
export function AccountForm({ kinds, save, onTried, children }: AccountFormProps) {
  const t = setupTexts.value;
  const own = useId();
  const [kind, setKind] = useState<AccountKind>(kinds[0] ?? 'subscription');
  const isList = kind === 'list';
  const [pasted, setPasted] = useState('');
  const [fields, setFields] = useState(nothing);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const found = pasted.trim() === '' ? null : accountIn(pasted);

  const paste = (text: string) => {
    setPasted(text);
    const account = accountIn(text);
    if (!account) return;
    setFields(account);
    const meant = account.username === '' && account.password === '' ? 'list' : 'subscription';
    if (kinds.includes(meant)) setKind(meant);
  };

  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      const tried = await save({ ...fields, kind });
      if (tried) {
        setPasted('');
        setFields(nothing);
        await onTried(tried);
      }
    } catch (error) {
      setFailure(fieldFailureOf(error));
    }
    setBusy(false);
  };

  const field = (name: keyof AccountFields, type: 'text' | 'password', placeholder?: string) => {
    const shared = {
      id: `${own}-${name}`,
      name,
      value: fields[name],
      placeholder,
      required: name === 'url',
      // browsers fill in the owner's token at "off"
      autocomplete: name === 'password' ? 'new-password' : 'off',
      autocapitalize: 'none',
      spellcheck: false,
      'aria-invalid': failure !== null,
      'aria-describedby': `${own}-failure`,
      onInput: ({ currentTarget }: TargetedInputEvent<HTMLInputElement>) =>
        setFields({ ...fields, [name]: currentTarget.value }),
    } as const;
    return (
      <div class="field">
        <label for={shared.id}>{isList ? t.accounts.place : t.accountFields[name]}</label>
        {type === 'text' ? <input type="text" {...shared} /> : <input type="password" {...shared} />}
      </div>
    );
  };

  return (
    <form
      class="setup-form"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="field">
        {t.paste}
        <textarea
          rows={3}
          value={pasted}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={`${own}-hint`}
          onInput={({ currentTarget }) => paste(currentTarget.value)}
        />
      </label>
      <p id={`${own}-hint`} class="setup-hint" role="status">
        {pasted.trim() === '' ? t.pasteHint : found ? t.pasteFound : t.pasteNothing}
      </p>
      {kinds.length > 1 && (
        <fieldset class="account-kinds">
          <legend>{t.accounts.what}</legend>
          {kinds.map((each) => (
            <label key={each} class="field-tick">
              <input
                type="radio"
                name={`${own}-kind`}
                checked={kind === each}
                onChange={() => setKind(each)}
              />
              {t.accounts.kinds[each]}
            </label>
          ))}
        </fieldset>
      )}
      {field('url', 'text', isList ? 'https://provider.example/list.m3u' : 'http://provider.example:8080')}
      {isList ? (
        <p class="setup-hint">{t.accounts.placeHint}</p>
      ) : (
        <>
          <div class="field-pair">
            {field('username', 'text')}
            {field('password', isShown ? 'text' : 'password')}
          </div>
          <label class="field-tick">
            <input
              type="checkbox"
              checked={isShown}
              onChange={({ currentTarget }) => setShown(currentTarget.checked)}
            />
            {t.showPassword}
          </label>
        </>
      )}
      <FieldFailure id={`${own}-failure`} text={failure} />
      <div class="setup-buttons">
        <button type="submit" class="button button-main" disabled={isBusy}>
          {isBusy && <span class="spinner" aria-hidden="true" />}
          {isBusy ? t.trying : t.tryAndUse}
        </button>
        {children}
      </div>
    </form>
  );
}
