import { useEffect, useRef, useState } from 'preact/hooks';
import type { Setting } from './contract.ts';
import { focusNext } from './focus-next.ts';
import { settingsTexts } from './settings-texts.ts';

interface SecretFieldProps {
  readonly setting: Setting;
  /** What is typed and not saved: null removes the secret, undefined leaves it. */
  readonly draft: string | null | undefined;
  readonly describedBy: string;
  readonly onType: (typed: string) => void;
  readonly onRemove: () => void;
  readonly onKeep: () => void;
}

/** A secret: it can be set, replaced and removed, and never read. */
export function SecretField({ setting, draft, describedBy, onType, onRemove, onKeep }: SecretFieldProps) {
  const t = settingsTexts.value;
  const { name, is_set: isSet } = setting;
  const [isOpen, setOpen] = useState(typeof draft === 'string');
  const buttons = `secret-${name}`;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);

  const state =
    draft === null
      ? t.willBeRemoved
      : typeof draft === 'string' && isSet
        ? t.willBeSet
        : isSet
          ? t.isSet
          : t.isNotSet;
  return (
    <>
      <p class="setting-value">{state}</p>
      {isOpen && (
        <input
          ref={field}
          class="setting-field"
          type="password"
          autocomplete="new-password"
          spellcheck={false}
          aria-label={t.newValue(name)}
          aria-describedby={describedBy}
          value={draft ?? ''}
          onInput={(event) => onType(event.currentTarget.value)}
        />
      )}
      <div class="setting-buttons" id={buttons}>
        {isOpen || draft === null ? (
          <button
            type="button"
            class="button button-plain"
            aria-label={t.keepName(name)}
            onClick={() => {
              setOpen(false);
              onKeep();
              focusNext(`#${buttons} button`);
            }}
          >
            {t.keep}
          </button>
        ) : (
          <>
            <button
              type="button"
              class="button button-plain"
              aria-label={isSet ? t.replaceName(name) : t.setName(name)}
              onClick={() => setOpen(true)}
            >
              {isSet ? t.replace : t.set}
            </button>
            {isSet && (
              <button
                type="button"
                class="button button-plain"
                aria-label={t.removeName(name)}
                onClick={() => {
                  onRemove();
                  focusNext(`#${buttons} button`);
                }}
              >
                {t.remove}
              </button>
            )}
          </>
        )}
      </div>
    </>
  );
}
