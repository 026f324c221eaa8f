import { useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { Role } from '../common/contract/people.ts';
import { CopyField } from '../common/copy-field.tsx';
import { texts } from '../common/language.ts';
import { NameRoleForm } from '../common/name-role-form.tsx';

/** Makes an API token and shows it once. */
export function TokenForm({ onMade }: { readonly onMade: () => Promise<void> }) {
  const t = texts.value;
  const [made, setMade] = useState<{ readonly name: string; readonly token: string } | null>(null);

  const make = async (name: string, role: Role) => {
    const { token } = await api.makeToken(name, role);
    setMade({ name, token });
    await onMade();
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
      <NameRoleForm labels={{ name: t.tokenName, role: t.tokenRole, submit: t.makeToken }} onSubmit={make} />
    </>
  );
}
