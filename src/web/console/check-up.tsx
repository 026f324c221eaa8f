import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { Diagnosis } from '../common/contract/server.ts';
import { toastError } from '../common/failure.ts';
import { Findings } from '../common/findings.tsx';
import { RestartIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';

const bots: ReadonlySet<string> = new Set(['discord', 'telegram']);

/** The results of /doctor: the bots first, then all others. */
export function CheckUp() {
  const t = texts.value;
  const found = useSignal<Diagnosis | null>(null);
  const isChecking = useSignal(false);
  const check = async (): Promise<void> => {
    isChecking.value = true;
    try {
      found.value = await api.doctor();
    } catch (error) {
      toastError(error);
    } finally {
      isChecking.value = false;
    }
  };
  useEffect(() => void check(), []);
  const items = found.value?.items ?? [];
  return (
    <section class="server-card" aria-label={t.checkUp}>
      <header>
        <h2>{t.checkUp}</h2>
        <button
          type="button"
          class="button button-plain"
          disabled={isChecking.value}
          onClick={() => void check()}
        >
          <RestartIcon size={16} />
          {isChecking.value ? t.checking : t.checkAgain}
        </button>
      </header>
      <p class="server-summary" role="status">
        {found.value?.summary}
      </p>
      <Findings items={items.filter(({ subject }) => !bots.has(subject))} />
      <h3>{t.bots}</h3>
      <Findings items={items.filter(({ subject }) => bots.has(subject))} />
    </section>
  );
}
