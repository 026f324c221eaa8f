import { useState } from 'preact/hooks';
import type { AddressTried } from './contract.ts';
import { CopyBlock } from './copy-block.tsx';
import { FieldFailure, fieldFailureOf } from './field-failure.tsx';
import { setupApi } from './setup-api.ts';
import { setupTexts } from './texts.ts';

interface InternetAddressProps {
  readonly value: string;
  readonly isLocked: boolean;
  readonly onInput: (value: string) => void;
}

/** The field for the address on the internet, with a check of where it leads and the lines for a reverse proxy. */
export function InternetAddress({ value, isLocked, onInput }: InternetAddressProps) {
  const t = setupTexts.value;
  const [tried, setTried] = useState<AddressTried | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const check = async () => {
    setBusy(true);
    setFailure(null);
    setTried(null);
    try {
      const answer = await setupApi.tryAddress(value.trim());
      setTried(answer);
      if (!isLocked) onInput(answer.url);
    } catch (error) {
      setFailure(fieldFailureOf(error));
    }
    setBusy(false);
  };

  return (
    <div class="setup-form">
      <div class="field-button">
        <label class="field">
          {t.publicAddress}
          <input
            type="text"
            inputmode="url"
            value={value}
            readonly={isLocked}
            required
            placeholder="https://tv.example.org"
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            aria-invalid={failure !== null}
            aria-describedby="address-hint address-failure"
            onInput={({ currentTarget }) => {
              setTried(null);
              onInput(currentTarget.value);
            }}
          />
        </label>
        <button
          type="button"
          class="button button-plain"
          disabled={isBusy || value.trim() === ''}
          onClick={() => void check()}
        >
          {isBusy && <span class="spinner" aria-hidden="true" />}
          {isBusy ? t.checkingAddress : t.checkAddress}
        </button>
      </div>
      <p id="address-hint" class="setup-hint">
        {t.publicAddressHint}
      </p>
      <FieldFailure id="address-failure" text={failure} />
      <div role="status">{tried && <Sentences tried={tried} />}</div>
      {tried && (
        <details open={!isGood(tried)}>
          <summary>{t.caddy}</summary>
          <CopyBlock text={tried.caddy} label={t.copyCaddy} />
        </details>
      )}
    </div>
  );
}

const isGood = (tried: AddressTried): boolean =>
  tried.leads_here && tried.is_https && tried.events_pass !== false;

function Sentences({ tried }: { readonly tried: AddressTried }) {
  return (
    <div class={isGood(tried) ? 'setup-good' : 'setup-note'}>
      {tried.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
