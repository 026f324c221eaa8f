import { useState } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import { toastError } from '../common/failure.ts';
import { AccountForm } from './account-form.tsx';
import { AccountList } from './account-list.tsx';
import { accountFacts } from './account-words.ts';
import { CategoryPicker } from './category-picker.tsx';
import { confirm } from './confirm.tsx';
import type { AccountRequest, AccountState, AccountTried } from './contract.ts';
import { LockedNote } from './locked-note.tsx';
import { NamePatterns } from './name-patterns.tsx';
import { setupApi } from './setup-api.ts';
import { accounts, isFirstSetup, isLocked, reloadSetup, setup } from './setup-state.ts';
import { setupTexts } from './texts.ts';

const settings = ['XTREAM_URL', 'XTREAM_USERNAME', 'XTREAM_PASSWORD'];

/** The subscription, and which of its categories are left out. */
export function ChannelsStep() {
  const t = setupTexts.value;
  const account = setup.value?.account;
  // told once more by a press on "Use another subscription"
  const [tried, setTried] = useState<AccountTried | null>(null);
  if (!account) return null;
  const isOwn = account.kind === 'own';
  const isAlone = (accounts.value?.items.length ?? 1) < 2;
  const mayChange = !isLocked(...settings);
  const used = async (answer: AccountTried) => {
    await reloadSetup();
    setTried(answer);
  };
  return (
    <>
      <p class="setup-hint">{isOwn ? t.channelsOwn : t.channelsIntro}</p>
      <section class="setup-card" aria-label={t.subscription}>
        <div role="status" class="account-state">
          {(isOwn || account.trouble !== null) && <Account account={account} tried={tried} />}
        </div>
        <LockedNote names={settings} />
        {mayChange &&
          (isOwn ? (
            <details>
              <summary>{t.otherSubscription}</summary>
              <AccountForm kinds={['subscription']} save={useAccount} onTried={used}>
                {isAlone && <BackToDemo onDone={() => setTried(null)} />}
              </AccountForm>
            </details>
          ) : (
            <AccountForm kinds={['subscription']} save={useAccount} onTried={used}>
              {isFirstSetup.value && (
                <a class="button button-plain" href="#watch">
                  {t.stayWithDemo}
                </a>
              )}
            </AccountForm>
          ))}
      </section>
      <AccountList />
      {isOwn && <CategoryPicker key={account.channels} />}
      {isOwn && <NamePatterns />}
    </>
  );
}

interface AccountProps {
  readonly account: AccountState;
  /** The answer to a try just now; null otherwise. */
  readonly tried: AccountTried | null;
}

function Account({ account, tried }: AccountProps) {
  const t = setupTexts.value;
  if (account.trouble !== null) return <p class="setup-trouble">{account.trouble}</p>;
  if (tried === null && account.connections === null) return <p class="setup-hint">{t.notAnswered}</p>;
  const facts = accountFacts(tried ?? account);
  return (
    <>
      <p class="setup-good">
        <strong>{tried ? t.works(facts) : t.inUse(facts)}</strong>
      </p>
      {tried?.notes.map((note) => (
        <p key={note} class="setup-hint">
          {note}
        </p>
      ))}
    </>
  );
}

function BackToDemo({ onDone }: { readonly onDone: () => void }) {
  const t = setupTexts.value;
  const leave = async () => {
    if (!(await confirm(t.backToDemoSure, t.backToDemo))) return;
    try {
      await setupApi.useDemo();
      await reloadSetup();
      onDone();
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <button type="button" class="button button-plain" onClick={() => void leave()}>
      {t.backToDemo}
    </button>
  );
}

/** Uses an account, after a yes where that changes what is on air; null after a no. */
async function useAccount({ url, username, password }: AccountRequest): Promise<AccountTried | null> {
  const fields = { url, username, password };
  try {
    return await setupApi.useAccount(fields);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'account_on_air') throw error;
    const isSure = await confirm(error.message, setupTexts.value.changeIt);
    return isSure ? setupApi.useAccount({ ...fields, confirm: true }) : null;
  }
}
