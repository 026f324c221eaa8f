import { useState } from 'preact/hooks';
import type { Role } from './contract/people.ts';
import { toastError } from './failure.ts';
import { texts } from './language.ts';

const roles: readonly Role[] = ['viewer', 'controller', 'admin'];
const LONGEST_NAME = 60;

export interface NameRoleFormProps {
  readonly labels: { readonly name: string; readonly role: string; readonly submit: string };
  /** Creates it; the form shows its errors. */
  readonly onSubmit: (name: string, role: Role) => Promise<void>;
}

/** A form with a name and a role, for invitations and API tokens. */
export function NameRoleForm({ labels, onSubmit }: NameRoleFormProps) {
  const t = texts.value;
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
      await onSubmit(name, role);
      form.reset();
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };

  return (
    <form
      class="token-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <label>
        {labels.name}
        <input name="name" type="text" required maxlength={LONGEST_NAME} autocomplete="off" />
      </label>
      <label>
        {labels.role}
        <select name="role">
          {roles.map((role) => (
            <option key={role} value={role}>
              {t.roles[role]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button button-main" disabled={busy}>
        {labels.submit}
      </button>
    </form>
  );
}
