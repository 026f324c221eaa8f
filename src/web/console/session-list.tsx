import { api } from '../common/api.ts';
import type { Session } from '../common/contract/people.ts';
import { texts } from '../common/language.ts';
import { applyChange } from './apply-change.ts';
import { browserName } from './browser-name.ts';
import { DeviceLink } from './device-link.tsx';
import { fromNow } from './from-now.ts';
import { personName } from './person-name.ts';
import { usePolled } from './use-polled.ts';

/** The logged-in browsers: the reader's own, and for admins everybody's. */
export function SessionList() {
  const { value: sessions, again } = usePolled(api.sessions);
  if (sessions === null) return null;
  return (
    <section class="part" aria-labelledby="sessions-title">
      <header class="part-head">
        <h2 id="sessions-title">{texts.value.sessions}</h2>
      </header>
      <ul class="title-hits">
        {sessions.map((session) => (
          <Row key={session.id} session={session} again={again} />
        ))}
      </ul>
      <DeviceLink />
    </section>
  );
}

interface RowProps {
  readonly session: Session;
  readonly again: () => Promise<void>;
}

function Row({ session, again }: RowProps) {
  const t = texts.value;
  const name = personName(session.person);
  const browser = browserName(session.browser) || t.unknownBrowser;
  const facts = [
    browser,
    t.roles[session.role],
    t.loggedIn(fromNow(session.created_at)),
    t.lastSeen(fromNow(session.last_seen_at ?? session.created_at)),
  ];
  return (
    <li>
      <span class="title-hit">
        <strong>{name}</strong>
        <span>{facts.join(' · ')}</span>
      </span>
      {session.is_this_one ? (
        <span class="badge">{t.thisBrowser}</span>
      ) : (
        <button
          type="button"
          class="button button-plain"
          aria-label={t.endSessionOf(name, browser)}
          onClick={() => void applyChange(api.endSession(session.id), t.sessionEnded(name), again)}
        >
          {t.endSession}
        </button>
      )}
    </li>
  );
}
