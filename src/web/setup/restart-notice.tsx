import { useState } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { toast } from '../common/toasts.tsx';
import { focusNext } from './focus-next.ts';
import { restartServer } from './restart-server.ts';
import { restartApi } from './settings-api.ts';
import { settingsTexts } from './settings-texts.ts';
import { setup } from './setup-state.ts';

interface RestartNoticeProps {
  /** Runs once the new process answers. */
  readonly onBack: () => Promise<void>;
}

/** The changed settings that wait for a restart, with a button for it. */
export function RestartNotice({ onBack }: RestartNoticeProps) {
  const t = settingsTexts.value;
  const [phase, setPhase] = useState<'calm' | 'restarting' | 'late'>('calm');
  const names = setup.value?.needs_restart ?? [];

  const restart = async () => {
    setPhase('restarting');
    try {
      await restartServer(restartApi, () => setPhase('late'));
      await onBack();
      toast('good', t.restarted);
    } catch (error) {
      toastError(error);
    }
    setPhase('calm');
    focusNext('.setup h1');
  };

  return (
    <div role="status">
      {phase !== 'calm' ? (
        <p class="restart-notice">
          <span class="spinner" aria-hidden="true" />
          {phase === 'late' ? t.notBack : t.restarting}
        </p>
      ) : (
        names.length > 0 && (
          <div class="restart-notice">
            <p>
              {t.restartNeeded} <strong>{names.join(', ')}</strong>
            </p>
            <button type="button" class="button button-main" onClick={() => void restart()}>
              {t.restart}
            </button>
          </div>
        )
      )}
    </div>
  );
}
