import { info } from '../common/session.ts';
import { AuditList } from './audit-list.tsx';
import { ClientList } from './client-list.tsx';
import { InviteList } from './invite-list.tsx';
import { PeopleList } from './people-list.tsx';
import { SessionList } from './session-list.tsx';
import { TokenList } from './token-list.tsx';

/** Sessions; for admins also invitations, people, televisions, tokens and the audit log. */
export function AccessView() {
  if (info.value?.role !== 'admin') return <SessionList />;
  return (
    <div class="access">
      <div>
        <InviteList />
        <SessionList />
        <PeopleList />
        <ClientList />
        <TokenList />
      </div>
      <AuditList />
    </div>
  );
}
