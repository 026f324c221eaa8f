import { useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { Role } from '../common/contract.ts';
import { texts } from '../common/language.ts';
import { CopyField } from './copy-field.tsx';
import { tell } from './failure.ts';

const roles: readonly Role[] = ['viewer', 'controller', 'admin'];

/** Makes a token, and shows it this once: it goes with the page or the next one. */
export function TokenForm({ onMade }: { readonly onMade: () => Promise<void> }) {
  const t = texts.value;
  const [made, setMade] = useState<{ readonly name: string; readonly token: string } | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (form: HTMLFormElement) => {
    if (busy) return;
    const data = new FormData(form);
    const name = data.get('name');
    const role = roles.find((each) => each === data.get('role'));
    if (typeof name !== 'string' || role === undefined) return;
    setBusy(true);
    try {
      const { token } = await api.makeToken(name, role);
      setMade({ name: name.trim(), token });
      form.reset();
      await onMade();
    } catch (error) {
      tell(error);
    }
    setBusy(false);
  };

  return (
    <>
      <div role="status">
        {made && (
          <div class="token-made">
            <CopyField label={t.tokenOf(made.name)} value={made.token} copyLabel={t.copyToken} />
            <p>{t.tokenOnce}</p>
          </div>
        )}
      </div>
      <form
        class="token-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <label>
          {t.tokenName}
          <input name="name" type="text" required maxlength={60} autocomplete="off" />
        </label>
        <label>
          {t.tokenRole}
          <select name="role">
            {roles.map((role) => (
              <option key={role} value={role}>
                {t.roles[role]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button button-main" disabled={busy}>
          {t.makeToken}
        </button>
      </form>
    </>
  );
}
