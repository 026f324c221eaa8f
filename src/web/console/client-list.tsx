import { api } from '../common/api.ts';
import type { Client } from '../common/contract/people.ts';
import { texts } from '../common/language.ts';
import { applyChange } from './apply-change.ts';
import { ClientForm } from './client-form.tsx';
import { clientTexts } from './client-texts.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { fromNow } from './from-now.ts';
import { usePolled } from './use-polled.ts';

/** Televisions and players, with a form for a new one. */
export function ClientList() {
  const t = clientTexts.value;
  const { value: clients, again } = usePolled(api.clients);
  if (clients === null) return null;
  return (
    <section class="part" aria-labelledby="clients-title">
      <header class="part-head">
        <h2 id="clients-title">{t.title}</h2>
        <p>{clients.length === 0 ? t.none : t.hint}</p>
      </header>
      <ul class="title-hits">
        {clients.map((client) => (
          <Row key={client.id} client={client} again={again} />
        ))}
      </ul>
      <ClientForm onMade={again} />
    </section>
  );
}

interface RowProps {
  readonly client: Client;
  readonly again: () => Promise<void>;
}

function Row({ client: { id, name, kind, playing, refused, ...client }, again }: RowProps) {
  const t = clientTexts.value;
  const facts = [
    t.kinds[kind].kind,
    t.added(fromNow(client.created_at)),
    client.last_used_at === null ? texts.value.neverUsed : texts.value.lastUsed(fromNow(client.last_used_at)),
    ...(playing.length > 0 ? [t.plays(playing.join(', '))] : []),
  ];
  return (
    <li>
      <span class="title-hit">
        <strong>{name}</strong>
        <span>{facts.join(' · ')}</span>
        {refused && (
          <span class="client-refused">
            {t.refused(refused.channel, fromNow(refused.at), refused.reason)}
          </span>
        )}
      </span>
      <ConfirmButton
        label={t.end}
        name={t.endOf(name)}
        question={t.endSure(name)}
        onConfirm={() => void applyChange(api.endClient(id), t.ended(name), again)}
      />
    </li>
  );
}
