import { api } from '../common/api.ts';
import type { KnownPerson } from '../common/contract/people.ts';
import { texts } from '../common/language.ts';
import { applyChange } from './apply-change.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { fromNow } from './from-now.ts';
import { personName } from './person-name.ts';
import { usePolled } from './use-polled.ts';

const OWNER = 'console';

/** Everybody who has ever used Zapette, for admins, with buttons that shut them out or let them in again. */
export function PeopleList() {
  const t = texts.value;
  const { value: people, again } = usePolled(api.people);
  const others = people?.filter(({ id }) => id !== OWNER) ?? [];
  if (others.length === 0) return null;
  return (
    <section class="part" aria-labelledby="people-title">
      <header class="part-head">
        <h2 id="people-title">{t.people}</h2>
      </header>
      <ul class="title-hits">
        {others.map((person) => (
          <Row key={person.id} person={person} again={again} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly person: KnownPerson;
  readonly again: () => Promise<void>;
}

function Row({ person, again }: RowProps) {
  const t = texts.value;
  const { id, standing, seen_at: seen } = person;
  const name = personName(person);
  const isOut = standing === 'denied';
  const facts = [
    standing !== null && (isOut ? t.shutOut : t.roles[standing]),
    t.lastSeen(fromNow(seen)),
  ].filter((fact) => fact !== false);
  return (
    <li>
      <span class="title-hit">
        <strong>{name}</strong>
        <span>{facts.join(' · ')}</span>
      </span>
      {isOut ? (
        <button
          type="button"
          class="button button-plain"
          aria-label={t.letInAgain(name)}
          onClick={() => void applyChange(api.decide(id, 'viewer'), t.letInDone(name), again)}
        >
          {t.letIn}
        </button>
      ) : (
        <ConfirmButton
          label={t.shutOutDo}
          name={t.shutOutName(name)}
          question={t.shutOutSure(name)}
          onConfirm={() => void applyChange(api.decide(id, 'denied'), t.shutOutDone(name), again)}
        />
      )}
    </li>
  );
}
