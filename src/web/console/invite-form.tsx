import { useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { OneTimeLink as Link, Role } from '../common/contract.ts';
import { texts } from '../common/language.ts';
import { tell } from './failure.ts';
import { OneTimeLink } from './one-time-link.tsx';

const roles: readonly Role[] = ['viewer', 'controller', 'admin'];

/** Invites somebody by name, and shows their link this once. */
export function InviteForm({ onMade }: { readonly onMade: () => Promise<void> }) {
  const t = texts.value;
  const [made, setMade] = useState<{ readonly name: string; readonly link: Link } | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (form: HTMLFormElement) => {
    if (busy) return;
    const data = new FormData(form);
    const given = data.get('name');
    const name = typeof given === 'string' ? given.trim() : '';
    const role = roles.find((each) => each === data.get('role'));
    if (name === '' || role === undefined) return;
    setBusy(true);
    try {
      const link = await api.invite(name, role);
      setMade({ name, link });
      form.reset();
      await onMade();
    } catch (error) {
      tell(error);
    }
    setBusy(false);
  };

  return (
    <>
      <form
        class="token-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <label>
          {t.inviteName}
          <input name="name" type="text" required maxlength={60} autocomplete="off" />
        </label>
        <label>
          {t.inviteRole}
          <select name="role">
            {roles.map((role) => (
              <option key={role} value={role}>
                {t.roles[role]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button button-main" disabled={busy}>
          {t.invite}
        </button>
      </form>
      <div role="status">{made && <OneTimeLink label={t.inviteOf(made.name)} link={made.link} />}</div>
    </>
  );
}
