import { useEffect, useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { Diagnosis } from '../common/contract/server.ts';
import { CopyField } from '../common/copy-field.tsx';
import { sentenceOf } from '../common/failure.ts';
import { Findings } from '../common/findings.tsx';
import { PlayIcon, RestartIcon } from '../common/icons.tsx';
import { InviteForm } from '../common/invite-form.tsx';
import { texts } from '../common/language.ts';
import { ScanCode } from '../common/scan-code.tsx';
import { info } from '../common/session.ts';
import { endFirstSetup, setup } from './setup-state.ts';
import { setupTexts } from './texts.ts';

/** The part of the console where each television gets an address of its own. */
const TELEVISIONS = '/#access';

/** What works and what does not, and where to go from here. */
export function DoneStep() {
  const t = setupTexts.value;
  return (
    <>
      {setup.value?.is_first && (
        <p class="setup-note">
          {t.watchOpen} <a href="#watch">{t.steps.watch}</a>
        </p>
      )}
      <div class="setup-buttons done-buttons">
        <a class="button button-main" href="/watch" onClick={endFirstSetup}>
          <PlayIcon size={16} />
          {t.watchNow}
        </a>
        <a class="button button-plain" href="/" onClick={endFirstSetup}>
          {t.openConsole}
        </a>
        <a class="button button-plain" href="#settings">
          {t.steps.settings}
        </a>
      </div>
      <CheckUp />
      <section class="setup-card" aria-label={t.goOn}>
        <details>
          <summary>{texts.value.inviteSomebody}</summary>
          <p class="setup-hint">{texts.value.inviteHint}</p>
          <InviteForm onMade={async () => {}} />
        </details>
        <details>
          <summary>{t.addTelevision}</summary>
          <Television />
        </details>
      </section>
    </>
  );
}

function CheckUp() {
  const t = texts.value;
  const [found, setFound] = useState<Diagnosis | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isChecking, setChecking] = useState(false);
  const check = async () => {
    setChecking(true);
    try {
      setFound(await api.doctor());
      setFailure(null);
    } catch (error) {
      setFailure(sentenceOf(error));
    }
    setChecking(false);
  };
  useEffect(() => void check(), []);
  return (
    <section class="setup-card" aria-labelledby="check-title">
      <div class="setup-buttons check-head">
        <h2 id="check-title">{t.checkUp}</h2>
        <button type="button" class="button button-plain" disabled={isChecking} onClick={() => void check()}>
          <RestartIcon size={16} />
          {isChecking ? t.checking : t.checkAgain}
        </button>
      </div>
      <p role="status">{failure ?? found?.summary}</p>
      {found && <Findings items={found.items} />}
    </section>
  );
}

/** The address for players and television sets. */
function Television() {
  const t = setupTexts.value;
  const addresses = info.value?.addresses;
  if (!addresses) return null;
  if (info.value?.only_here !== null)
    return (
      <p class="setup-note">
        {t.televisionOnlyHere} <a href="#watch">{t.steps.watch}</a>
      </p>
    );
  return (
    <>
      <p class="setup-hint">{t.televisionHint}</p>
      <CopyField label={texts.value.addressHls} value={addresses.hls} />
      <CopyField label={texts.value.addressTs} value={addresses.ts} />
      <ScanCode text={addresses.hls} label={t.qrOf(addresses.hls)} />
      <a href={TELEVISIONS} onClick={endFirstSetup}>
        {t.moreTelevisions}
      </a>
    </>
  );
}
