import { useSignal } from '@preact/signals';
import { api } from '../common/api.ts';
import type { AuditEntry } from '../common/contract/people.ts';
import { toastError } from '../common/failure.ts';
import { dateAndTime } from '../common/format.ts';
import { locale, texts } from '../common/language.ts';
import { type AuditLog, PAGE, withLatest, withOlder } from './audit-log.ts';
import { browserName } from './browser-name.ts';
import { personName } from './person-name.ts';
import { usePolled } from './use-polled.ts';

/** The audit log, latest first. */
export function AuditList() {
  const t = texts.value;
  const log = useSignal<AuditLog>({ entries: [], hasMore: false });
  const { value: isHere } = usePolled(async () => {
    log.value = withLatest(log.peek(), await api.audit(PAGE));
    return true;
  });
  const more = async () => {
    const last = log.value.entries.at(-1)?.id;
    if (last === undefined) return;
    try {
      log.value = withOlder(log.peek(), last, await api.audit(PAGE, last));
    } catch (error) {
      toastError(error);
    }
  };
  const { entries, hasMore } = log.value;
  if (!isHere) return null;
  return (
    <section class="part" aria-labelledby="audit-title">
      <header class="part-head">
        <h2 id="audit-title">{t.audit}</h2>
        {entries.length === 0 && <p>{t.noChanges}</p>}
      </header>
      <ul class="title-hits audit">
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </ul>
      {hasMore && (
        <button type="button" class="button button-plain part-more" onClick={() => void more()}>
          {t.more}
        </button>
      )}
    </section>
  );
}

function Row({ entry: { at, by, action, detail } }: { readonly entry: AuditEntry }) {
  return (
    <li>
      <time datetime={at}>{dateAndTime(at, locale.value)}</time>
      <span class="title-hit">
        <strong>{personName(by)}</strong>
        <span>{inWords(action, detail)}</span>
      </span>
    </li>
  );
}

/** An action in words; an action that this page is too old to know is shown by its code. */
function inWords(action: string, detail: string): string {
  const t = texts.value;
  const actions: Readonly<Record<string, (what: string) => string>> = t.actions;
  const what = action === 'login' ? browserName(detail) || t.unknownBrowser : detail;
  return actions[action]?.(what) ?? `${action} ${detail}`;
}
