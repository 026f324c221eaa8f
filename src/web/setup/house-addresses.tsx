import { useEffect, useState } from 'preact/hooks';
import { RestartIcon } from '../common/icons.tsx';
import type { WatchState } from './contract.ts';
import { isOpenedHere, type Reach, tryReach } from './reach.ts';
import { setupTexts } from './texts.ts';
import { WatchLink } from './watch-address.tsx';

const marks: Readonly<Record<Reach, string>> = { reached: '✔', another: '⚠', unreachable: '✖', unknown: '–' };

/** The addresses for the devices of the house, each tried from this browser, and what to do about those that fail. */
export function HouseAddresses({ watch }: { readonly watch: WatchState }) {
  const t = setupTexts.value;
  const [typed, setTyped] = useState<string | null>(null);
  const [results, setResults] = useState<Readonly<Record<string, Reach>>>({});
  const [turn, setTurn] = useState(0);
  const addresses = addressesOf(watch, typed);

  useEffect(() => {
    let isOver = false;
    setResults({});
    for (const address of addresses)
      void tryReach(address, watch.instance).then((reach) => {
        if (!isOver) setResults((known) => ({ ...known, [address]: reach }));
      });
    return () => {
      isOver = true;
    };
  }, [addresses.join(' '), watch.instance, turn]);

  const failed = addresses.some((each) => results[each] === 'unreachable' || results[each] === 'another');
  return (
    <section class="setup-card" aria-labelledby="house-title">
      <h2 id="house-title">{t.onOtherDevices}</h2>
      <p class="setup-hint">{t.scanHint}</p>
      {watch.is_container && (
        <>
          <p class="setup-note">{t.container}</p>
          <HostField onTry={setTyped} />
        </>
      )}
      {!watch.is_container && addresses.length === 0 && <p class="setup-note">{t.noNetwork}</p>}
      <ul class="house">
        {addresses.map((address) => (
          <li key={address}>
            <WatchLink address={address}>
              <ReachLine reach={results[address]} />
            </WatchLink>
          </li>
        ))}
      </ul>
      {failed && (
        <ul class="advice">
          {t.reachAdvice(portOf(addresses[0] ?? '')).map((advice) => (
            <li key={advice}>{advice}</li>
          ))}
        </ul>
      )}
      {addresses.length > 0 && (
        <div class="setup-buttons">
          <button type="button" class="button button-plain" onClick={() => setTurn(turn + 1)}>
            <RestartIcon size={16} />
            {t.tryAgain}
          </button>
        </div>
      )}
    </section>
  );
}

function ReachLine({ reach }: { readonly reach: Reach | undefined }) {
  const t = setupTexts.value;
  return (
    <p class={`reach reach-${reach ?? 'trying'}`} role="status">
      {reach === undefined ? (
        <>
          <span class="spinner" aria-hidden="true" /> {t.reachTrying}
        </>
      ) : (
        <>
          <span aria-hidden="true">{marks[reach]}</span>{' '}
          {reach === 'reached' && isOpenedHere() ? t.reachedHere : t.reach[reach]}
        </>
      )}
    </p>
  );
}

/** The address of the machine around a container, which only people know. */
function HostField({ onTry }: { readonly onTry: (address: string) => void }) {
  const t = setupTexts.value;
  const [text, setText] = useState('');
  return (
    <div class="field-button">
      <label class="field">
        {t.hostAddress}
        <input
          type="text"
          inputmode="url"
          value={text}
          placeholder="http://192.168.1.10:8002"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <button
        type="button"
        class="button button-plain"
        disabled={originOf(text) === null}
        onClick={() => {
          const origin = originOf(text);
          if (origin !== null) onTry(origin);
        }}
      >
        {t.tryIt}
      </button>
    </div>
  );
}

/**
 * The machine's addresses, best first; those within a container are of use to nobody else. The address of this page is one
 * that works.
 */
function addressesOf(watch: WatchState, typed: string | null): readonly string[] {
  const own = isOpenedHere() || location.protocol === 'https:' ? [] : [location.origin];
  const known = watch.is_container ? own : [...watch.addresses, ...own];
  return [...new Set(typed === null ? known : [typed, ...known])];
}

function originOf(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return null;
  const url = /^https?:\/\//i.test(typed) ? typed : `http://${typed}`;
  return URL.canParse(url) ? new URL(url).origin : null;
}

function portOf(address: string): string {
  return URL.canParse(address) ? new URL(address).port || '80' : '8002';
}
