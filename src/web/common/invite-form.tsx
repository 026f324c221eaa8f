import { useState } from 'preact/hooks';
import { api } from './api.ts';
import type { OneTimeLink as Link, Role } from './contract/people.ts';
import { texts } from './language.ts';
import { NameRoleForm } from './name-role-form.tsx';
import { OneTimeLink } from './one-time-link.tsx';

/** Invites somebody by name and shows their link once. */
export function InviteForm({ onMade }: { readonly onMade: () => Promise<void> }) {
  const t = texts.value;
  const [made, setMade] = useState<{ readonly name: string; readonly link: Link } | null>(null);

  const invite = async (name: string, role: Role) => {
    const link = await api.invite(name, role);
    setMade({ name, link });
    await onMade();
  };

  return (
    <>
      <NameRoleForm labels={{ name: t.inviteName, role: t.inviteRole, submit: t.invite }} onSubmit={invite} />
      <div role="status">{made && <OneTimeLink label={t.inviteOf(made.name)} link={made.link} />}</div>
    </>
  );
}
