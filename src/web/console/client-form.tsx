import { useState } from 'preact/hooks';
import { type ClientKind, clientKinds } from '../../domain/client-kind.ts';
import { api } from '../common/api.ts';
import type { NewClient } from '../common/contract/people.ts';
import { CopyField } from '../common/copy-field.tsx';
import { toastError } from '../common/failure.ts';
import { ScanCode } from '../common/scan-code.tsx';
import type { ClientTexts } from './client-texts.en.ts';
import { clientTexts } from './client-texts.ts';

const LONGEST_NAME = 60;

interface Made {
  readonly name: string;
  readonly kind: ClientKind;
  readonly client: NewClient;
}

/** Adds a television or player, and shows once its addresses and what to do with them there. */
export function ClientForm({ onMade }: { readonly onMade: () => Promise<void> }) {
  const t = clientTexts.value;
  const [kind, setKind] = useState<ClientKind>('jellyfin');
  const [made, setMade] = useState<Made | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (form: HTMLFormElement) => {
    const given = new FormData(form).get('name');
    const name = typeof given === 'string' ? given.trim() : '';
    if (isBusy || name === '') return;
    setBusy(true);
    try {
      setMade({ name, kind, client: await api.makeClient(name, kind) });
      form.reset();
      await onMade();
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };

  return (
    <>
      <div role="status">{made && <Addresses made={made} />}</div>
      <form
        class="token-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <label>
          {t.kind}
          <select
            value={kind}
            onChange={({ currentTarget: { value } }) =>
              setKind(clientKinds.find((each) => each === value) ?? 'other')
            }
          >
            {clientKinds.map((each) => (
              <option key={each} value={each}>
                {t.kinds[each].kind}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.name}
          <input name="name" type="text" required maxlength={LONGEST_NAME} autocomplete="off" />
        </label>
        <button type="submit" class="button button-main" disabled={isBusy}>
          {t.add}
        </button>
      </form>
    </>
  );
}

function Addresses({ made: { name, kind, client } }: { readonly made: Made }) {
  const t = clientTexts.value;
  const fields = fieldsOf(kind, client, t);
  const first = fields[0]?.[1] ?? client.playlist_url;
  return (
    <section class="client-made" aria-label={name}>
      <p>
        <strong>{name}</strong> {t.once}
      </p>
      {fields.map(([label, value]) => (
        <CopyField key={label} label={label} value={value} />
      ))}
      <ol>
        {t.kinds[kind].steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <ScanCode text={first} label={t.qrOf(name)} />
    </section>
  );
}

/** What a kind of player asks for, the most important first. */
function fieldsOf(
  kind: ClientKind,
  { base_url: base, playlist_url: list, guide_url: guideUrl, stream_url: stream, xtream }: NewClient,
  t: ClientTexts,
): [label: string, value: string][] {
  const playlist: [string, string] = [t.playlist, list];
  const guide: [string, string] = [t.guide, guideUrl];
  switch (kind) {
    case 'jellyfin':
    case 'emby':
      return [[t.address, base], guide];
    case 'plex':
      return [[t.address, new URL(base).host], guide];
    case 'kodi':
      return [playlist];
    case 'tivimate':
      return [
        [t.server, xtream.url],
        [t.user, xtream.username],
        [t.password, xtream.password],
      ];
    case 'vlc':
      return [[t.stream, stream], playlist];
    case 'other':
      return [playlist, guide, [t.stream, stream]];
  }
}
