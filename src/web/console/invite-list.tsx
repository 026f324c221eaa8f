import { api } from '../common/api.ts';
import type { Invite } from '../common/contract/people.ts';
import { InviteForm } from '../common/invite-form.tsx';
import { texts } from '../common/language.ts';
import { applyChange } from './apply-change.ts';
import { fromNow } from './from-now.ts';
import { usePolled } from './use-polled.ts';

/** A form that invites people without a bot, and the open invitations. */
export function InviteList() {
  const t = texts.value;
  const { value: invites, again } = usePolled(api.invites);
  return (
    <section class="part" aria-labelledby="invites-title">
      <header class="part-head">
        <h2 id="invites-title">{t.inviteSomebody}</h2>
      </header>
      <p>{t.inviteHint}</p>
      <InviteForm onMade={again} />
      <ul class="title-hits">
        {invites?.map((invite) => (
          <Row key={invite.id} invite={invite} again={again} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly invite: Invite;
  readonly again: () => Promise<void>;
}

function Row({ invite: { id, name, role, created_at: made, expires_at: end }, again }: RowProps) {
  const t = texts.value;
  return (
    <li>
      <span class="title-hit">
        <strong>{name}</strong>
        <span>{[t.roles[role], t.made(fromNow(made)), t.ends(fromNow(end))].join(' · ')}</span>
      </span>
      <button
        type="button"
        class="button button-plain"
        aria-label={t.revokeInvite(name)}
        onClick={() => void applyChange(api.revokeInvite(id), t.inviteRevoked(name), again)}
      >
        {t.revoke}
      </button>
    </li>
  );
}
