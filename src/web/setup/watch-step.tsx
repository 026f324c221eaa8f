import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import { loadInfo } from '../common/session.ts';
import { toast } from '../common/toasts.tsx';
import { ChoiceSet } from './choice-set.tsx';
import type { ViewerAccess, WatchState, WhereToWatch } from './contract.ts';
import { FieldFailure, fieldFailureOf } from './field-failure.tsx';
import { HouseAddresses } from './house-addresses.tsx';
import { InternetAddress } from './internet-address.tsx';
import { LockedNote } from './locked-note.tsx';
import { isOpenedHere } from './reach.ts';
import { setupApi } from './setup-api.ts';
import { isLocked, reloadSetup, setup } from './setup-state.ts';
import { setupTexts } from './texts.ts';
import { WatchAddress } from './watch-address.tsx';

const places: readonly WhereToWatch[] = ['here', 'house', 'internet'];
const accesses: readonly ViewerAccess[] = ['public', 'key', 'login'];

/** Who may watch and from where, and the addresses that follow from it. */
export function WatchStep() {
  const state = setup.value;
  const addresses = useRef<HTMLDivElement>(null);
  const [saved, setSaved] = useState(0);
  // they may be below the screen
  useEffect(() => {
    if (saved > 0) addresses.current?.scrollIntoView({ behavior: 'smooth', block: 'nearest' });
  }, [saved]);
  if (!state) return null;
  return (
    <>
      <p class="setup-hint">{setupTexts.value.watchIntro}</p>
      <WatchForm isFirst={state.is_first} watch={state.watch} onSaved={() => setSaved(saved + 1)} />
      <div ref={addresses}>{!state.is_first && <Addresses watch={state.watch} />}</div>
    </>
  );
}

function Addresses({ watch }: { readonly watch: WatchState }) {
  if (watch.where === 'house') return <HouseAddresses watch={watch} />;
  if (watch.where === 'internet' && watch.public_url !== null)
    return <WatchAddress address={watch.public_url} />;
  return null;
}

interface WatchFormProps {
  /** Nobody has answered yet, so that no answer is ticked. */
  readonly isFirst: boolean;
  readonly watch: WatchState;
  readonly onSaved: () => void;
}

function WatchForm({ isFirst, watch, onSaved }: WatchFormProps) {
  const t = setupTexts.value;
  const isHostLocked = isLocked('HOST');
  const [chosenWhere, setWhere] = useState<WhereToWatch | null>(null);
  const [chosenAccess, setAccess] = useState<ViewerAccess | null>(null);
  const [publicUrl, setPublicUrl] = useState(watch.public_url ?? '');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const where = chosenWhere ?? (isFirst && !isHostLocked ? null : watch.where);
  // on the internet an address is found by strangers, so that logging in is what is proposed there
  const proposed = isFirst && where === 'internet' && !isLocked('VIEWER_ACCESS') ? 'login' : watch.access;
  const access = chosenAccess ?? proposed;

  const submit = async () => {
    if (isBusy || where === null) return;
    setBusy(true);
    setFailure(null);
    try {
      const address = where === 'internet' ? publicUrl.trim() : null;
      await saveWatch({ where, access, public_url: address });
      setWhere(null);
      setAccess(null);
      toast('good', t.watchSaved);
      onSaved();
      // the addresses depend on it
      void loadInfo();
    } catch (error) {
      setFailure(leavesAlone(where, error) ? t.wentHome(homeAddress()) : fieldFailureOf(error));
    }
    setBusy(false);
  };

  return (
    <form
      class="setup-card"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ChoiceSet
        name="where"
        legend={t.where}
        choices={places.map((place) => ({
          value: place,
          ...t.places[place],
          isDisabled: !mayChoose(place, watch.where),
        }))}
        chosen={where}
        onChoose={setWhere}
      />
      <LockedNote names={['HOST', 'PUBLIC_URL']} />
      {where === 'here' && !isOpenedHere() && <p class="setup-note">{t.hereCutsOff}</p>}
      {where === 'internet' && (
        <InternetAddress value={publicUrl} isLocked={isLocked('PUBLIC_URL')} onInput={setPublicUrl} />
      )}
      {where !== null && where !== 'here' && (
        <>
          <ChoiceSet
            name="access"
            legend={t.access}
            choices={accesses.map((each) => ({
              value: each,
              ...t.accesses[each],
              isDisabled: isLocked('VIEWER_ACCESS') && each !== watch.access,
            }))}
            chosen={access}
            onChoose={setAccess}
          />
          <LockedNote names={['VIEWER_ACCESS']} />
          {where === 'internet' && access === 'public' && <p class="setup-note">{t.publicInternet}</p>}
        </>
      )}
      <FieldFailure id="watch-failure" text={failure} />
      <div class="setup-buttons">
        <button type="submit" class="button button-main" disabled={isBusy}>
          {isBusy && <span class="spinner" aria-hidden="true" />}
          {t.save}
        </button>
      </div>
    </form>
  );
}

/** False for a place that HOST or PUBLIC_URL in the environment rules out. */
function mayChoose(place: WhereToWatch, current: WhereToWatch): boolean {
  if (place === current) return true;
  const changesHost = place !== 'internet';
  const changesAddress = place === 'internet' || current === 'internet';
  return !(changesHost && isLocked('HOST')) && !(changesAddress && isLocked('PUBLIC_URL'));
}

/**
 * Saves the answer. A server that begins to listen elsewhere may close the connection before its answer is here: what it
 * says afterwards counts then.
 */
async function saveWatch(request: Parameters<typeof setupApi.watch>[0]): Promise<void> {
  try {
    await setupApi.watch(request);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 0) throw error;
    await reloadSetup();
    const now = setup.value;
    const isSaved =
      now?.is_first === false && now.watch.where === request.where && now.watch.access === request.access;
    if (!isSaved) throw error;
  }
  await reloadSetup();
}

/** True if the server no longer answers this device because it was told to answer its own machine alone. */
function leavesAlone(where: WhereToWatch, error: unknown): boolean {
  return where === 'here' && !isOpenedHere() && error instanceof ApiError && error.status === 0;
}

const homeAddress = (): string => `http://127.0.0.1:${location.port || '80'}/setup`;
