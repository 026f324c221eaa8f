import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { toast } from '../common/toasts.tsx';
import { AccountForm } from './account-form.tsx';
import { accountFacts } from './account-words.ts';
import { confirm } from './confirm.tsx';
import type { FurtherAccount } from './contract.ts';
import { focusNext } from './focus-next.ts';
import { LockedNote } from './locked-note.tsx';
import { MoveButtons } from './move-buttons.tsx';
import { setupApi } from './setup-api.ts';
import { accounts, isLocked, loadAccounts, reloadSetup, setup } from './setup-state.ts';
import { setupTexts } from './texts.ts';

const RETRY_MS = 2_000;
const MOST_TURNS = 30;
const OFF = 'ACCOUNTS_OFF';
const ORDER = 'ACCOUNTS_ORDER';

/** All subscriptions and M3U lists with their state, to test, pause, change and remove, and a form for one more. */
export function AccountList() {
  const t = setupTexts.value.accounts;
  const [turn, setTurn] = useState(1);
  const isDemo = setup.value?.account.kind === 'demo';
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = async () => {
      await loadAccounts();
      if (isOver) return;
      // the list of a new account may still be on its way
      if (accounts.value?.items.some(isComing) && turn < MOST_TURNS)
        timer = setTimeout(() => setTurn(turn + 1), RETRY_MS);
    };
    load().catch(toastError);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [turn, isDemo]);
  if (!accounts.value) return null;
  const { items, may_add: mayAdd } = accounts.value;
  const reload = async () => {
    await loadAccounts();
    setTurn(turn + 1);
    await reloadSetup();
  };
  const kinds = (['subscription', 'list'] as const).filter(
    (kind) => mayAdd[kind] && !(isDemo && kind === 'subscription'),
  );
  return (
    <section class="setup-card" aria-labelledby="accounts-title">
      <h2 id="accounts-title">{t.title}</h2>
      <p class="setup-hint">{isDemo ? t.demoHint : t.hint}</p>
      {items.length > 1 && !isLocked(ORDER) && <p class="setup-hint">{t.orderHint}</p>}
      <LockedNote names={[OFF, ORDER]} />
      <ul class="account-list">
        {items.map((account) => (
          <Account key={account.id} account={account} all={items} onChange={reload} />
        ))}
      </ul>
      {kinds.length > 0 && (
        <Fold id="account-add" summary={isDemo ? t.addList : t.add}>
          {(close) => (
            <AccountForm
              kinds={kinds}
              save={(request) => setupApi.addAccount(request)}
              onTried={async (tried) => {
                close();
                toast('good', setupTexts.value.works(accountFacts(tried)));
                await reload();
                focusNext('#account-add summary');
              }}
            />
          )}
        </Fold>
      )}
    </section>
  );
}

interface AccountProps {
  readonly account: FurtherAccount;
  readonly all: readonly FurtherAccount[];
  readonly onChange: () => Promise<void>;
}

function Account({ account, all, onChange }: AccountProps) {
  const t = setupTexts.value.accounts;
  // It can neither be paused nor removed here.
  const isOnly = all.length === 1;
  const { id, kind, is_off: isOff, is_locked: isEnvironment } = account;
  const [busy, setBusy] = useState<'test' | 'pause' | 'remove' | 'move' | null>(null);
  const name = account.name.charAt(0).toUpperCase() + account.name.slice(1);
  const run = async (what: NonNullable<typeof busy>, work: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(what);
    try {
      await work();
      if (what === 'test') toast('good', t.tested(name));
    } catch (error) {
      toastError(error);
    }
    await onChange().catch(toastError);
    setBusy(null);
  };
  const remove = async () => {
    if (!(await confirm(t.removeSure(name), t.remove))) return;
    await run('remove', () => setupApi.removeAccount(id));
    focusNext('#account-add summary', '.account-list button');
  };
  return (
    <li aria-label={name}>
      <div class="account-head">
        <strong>{name}</strong>
        <span role="status" class={account.trouble === null ? 'setup-hint' : 'account-trouble'}>
          {stateOf(account)}
        </span>
      </div>
      <div class="setup-buttons">
        {!isOff && (
          <button
            type="button"
            class="button button-plain"
            aria-label={t.testName(name)}
            aria-disabled={busy !== null}
            onClick={() => void run('test', () => setupApi.testAccount(id))}
          >
            {busy === 'test' ? t.testing : t.test}
          </button>
        )}
        {!isLocked(OFF) && (isOff || !isOnly) && (
          <button
            type="button"
            class="button button-plain"
            aria-label={isOff ? t.resumeName(name) : t.pauseName(name)}
            aria-disabled={busy !== null}
            onClick={() => void run('pause', () => setupApi.pauseAccount(id, !isOff))}
          >
            {isOff ? t.resume : t.pause}
          </button>
        )}
        {!isEnvironment && !(isOnly && id === 'main') && (
          <button
            type="button"
            class="button button-plain"
            aria-label={t.removeName(name)}
            aria-disabled={busy !== null}
            onClick={() => void remove()}
          >
            {t.remove}
          </button>
        )}
        {!isOnly && !isLocked(ORDER) && (
          <MoveButtons
            account={account}
            name={name}
            all={all}
            isBusy={busy !== null}
            order={(ids) => run('move', () => setupApi.orderAccounts(ids))}
          />
        )}
      </div>
      {isEnvironment ? (
        <p class="setup-hint">{t.environment}</p>
      ) : (
        id !== 'main' && (
          <Fold id={`account-${id}`} summary={kind === 'list' ? t.changeList : t.changeLogin}>
            {(close) => (
              <AccountForm
                kinds={[kind]}
                save={(request) => setupApi.changeAccount(id, request)}
                onTried={async (tried) => {
                  close();
                  toast('good', setupTexts.value.works(accountFacts(tried)));
                  await onChange();
                  focusNext(`#account-${id} summary`);
                }}
              />
            )}
          </Fold>
        )
      )}
    </li>
  );
}

function stateOf(account: FurtherAccount): string {
  const t = setupTexts.value;
  if (account.is_off) return t.accounts.paused;
  if (account.trouble !== null) return account.trouble;
  return isComing(account) ? t.accounts.coming : t.inUse(accountFacts(account));
}

function isComing({ is_off: isOff, trouble, channels }: FurtherAccount): boolean {
  return !isOff && trouble === null && channels === 0;
}

interface FoldProps {
  readonly id: string;
  readonly summary: string;
  readonly children: (close: () => void) => ComponentChildren;
}

/** A part that is there only while it is open, since each has the same fields. */
function Fold({ id, summary, children }: FoldProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details id={id} open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children(() => setOpen(false))}
    </details>
  );
}
