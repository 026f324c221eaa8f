import type { ComponentChildren, TargetedInputEvent } from 'preact';
import { useState } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import { confirm } from './confirm.tsx';
import type { AccountTried } from './contract.ts';
import { FieldFailure, fieldFailureOf } from './field-failure.tsx';
import { type AccountFields, accountIn } from './parse-paste.ts';
import { setupApi } from './setup-api.ts';
import { reloadSetup } from './setup-state.ts';
import { setupTexts } from './texts.ts';

const nothing: AccountFields = { url: '', username: '', password: '' };

interface AccountFormProps {
  readonly onTried: (tried: AccountTried) => void;
  /** Another way out, beside the button. */
  readonly children?: ComponentChildren;
}

/** The three fields of a subscription below a field for whatever the provider sent; one press tries and uses it. */
export function AccountForm({ onTried, children }: AccountFormProps) {
  const t = setupTexts.value;
  const [pasted, setPasted] = useState('');
  const [fields, setFields] = useState(nothing);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const found = pasted.trim() === '' ? null : accountIn(pasted);

  const paste = (text: string) => {
    setPasted(text);
    const account = accountIn(text);
    if (account) setFields(account);
  };

  const submit = async () => {
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    try {
      const tried = await useAccount(fields, t.changeIt);
      if (tried) {
        await reloadSetup();
        setPasted('');
        setFields(nothing);
        onTried(tried);
      }
    } catch (error) {
      setFailure(fieldFailureOf(error));
    }
    setBusy(false);
  };

  const field = (name: keyof AccountFields, type: 'text' | 'password', placeholder?: string) => {
    const shared = {
      id: `account-${name}`,
      name,
      value: fields[name],
      placeholder,
      required: name === 'url',
      // browsers fill in the owner's token at "off"
      autocomplete: name === 'password' ? 'new-password' : 'off',
      autocapitalize: 'none',
      spellcheck: false,
      'aria-invalid': failure !== null,
      'aria-describedby': 'account-failure',
      onInput: ({ currentTarget }: TargetedInputEvent<HTMLInputElement>) =>
        setFields({ ...fields, [name]: currentTarget.value }),
    } as const;
    return (
      <div class="field">
        <label for={shared.id}>{t.accountFields[name]}</label>
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
          aria-describedby="paste-hint"
          onInput={({ currentTarget }) => paste(currentTarget.value)}
        />
      </label>
      <p id="paste-hint" class="setup-hint" role="status">
        {pasted.trim() === '' ? t.pasteHint : found ? t.pasteFound : t.pasteNothing}
      </p>
      {field('url', 'text', 'http://provider.example:8080')}
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
      <FieldFailure id="account-failure" text={failure} />
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

/** Uses an account, after a yes where that changes what is on air; null after a no. */
async function useAccount(fields: AccountFields, yes: string): Promise<AccountTried | null> {
  try {
    return await setupApi.useAccount(fields);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'account_on_air') throw error;
    return (await confirm(error.message, yes)) ? setupApi.useAccount({ ...fields, confirm: true }) : null;
  }
}
