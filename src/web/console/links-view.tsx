import { api } from '../common/api.ts';
import type { Link } from '../common/contract/people.ts';
import { texts } from '../common/language.ts';
import { info } from '../common/session.ts';
import { applyChange } from './apply-change.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { fromNow } from './from-now.ts';
import { personName } from './person-name.ts';
import { usePolled } from './use-polled.ts';

/** Private links with their players: the reader's own, and for admins everybody's. */
export function LinksView() {
  const t = texts.value;
  const all = info.value?.role === 'admin';
  const { value: links, again } = usePolled(() => api.links(all));
  if (links === null) return null;
  return (
    <section aria-labelledby="links-title">
      <header class="part-head">
        <h2 id="links-title">{t.privateLinks}</h2>
        <p role="status">{t.linkCount(links.length)}</p>
        {links.length > 0 && (
          <ConfirmButton
            label={t.endAll}
            question={t.endAllSure(links.length)}
            onConfirm={() => void applyChange(api.endLinks(all), t.linksEnded, again)}
          />
        )}
      </header>
      {links.length === 0 ? (
        <p class="channel-none">
          {t.noLinks} {t.noLinksHint}
        </p>
      ) : (
        <ul class="title-hits">
          {links.map((link) => (
            <Row key={link.id} link={link} showsHolder={all} again={again} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface RowProps {
  readonly link: Link;
  readonly showsHolder: boolean;
  readonly again: () => Promise<void>;
}

function Row({ link, showsHolder, again }: RowProps) {
  const t = texts.value;
  const { id, channel_name: channel, last_used_at: lastUsed, players } = link;
  const holder = personName(link.person);
  const facts = [
    showsHolder && holder,
    t.made(fromNow(link.created_at)),
    lastUsed === null ? t.neverUsed : t.lastUsed(fromNow(lastUsed)),
    t.ends(fromNow(link.expires_at)),
  ].filter((fact) => fact !== false);
  return (
    <li>
      <span class="title-hit">
        <strong>{channel}</strong>
        <span>{facts.join(' · ')}</span>
      </span>
      {players > 0 && <span class="badge badge-live">{t.players(players)}</span>}
      <button
        type="button"
        class="button button-plain"
        aria-label={t.endLink(channel, holder)}
        onClick={() => void applyChange(api.endLink(id), t.linkEnded(channel), again)}
      >
        {t.end}
      </button>
    </li>
  );
}
