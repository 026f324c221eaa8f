import { useEffect, useState } from 'preact/hooks';
import { copyText } from './copy-text.ts';
import { toastError } from './failure.ts';
import { CheckIcon, CopyIcon } from './icons.tsx';
import { texts } from './language.ts';

const COPIED_MS = 2_000;

const LONGEST_END = 14;

/** The index at which a text that is too long is shortened; its end, such as `/live.ts`, stays, since it differs. */
function cutAt(text: string): number {
  const end = text.lastIndexOf('/');
  return text.length - end <= LONGEST_END && end > 0 ? end : Math.max(0, text.length - LONGEST_END);
}

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  /** The button's name, if the value is not an address. */
  readonly copyLabel?: string;
}

/** A value, such as an address, with a button that copies it. */
export function CopyField({ label, value, copyLabel }: CopyFieldProps) {
  const t = texts.value;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async (field: HTMLInputElement | null) => {
    try {
      await copyText(value, field);
      setCopied(true);
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <div class="address">
      <span class="address-label">{label}</span>
      <div class="address-field">
        <input
          type="text"
          readonly
          value={value}
          aria-label={label}
          onFocus={(event) => event.currentTarget.select()}
        />
        <span class="address-shown" aria-hidden="true">
          <span>{value.slice(0, cutAt(value))}</span>
          <span>{value.slice(cutAt(value))}</span>
        </span>
        <button
          type="button"
          class="icon-button"
          aria-label={copied ? t.copied : (copyLabel ?? t.copyAddress(label))}
          title={copied ? t.copied : t.copy}
          onClick={(event) => void copy(event.currentTarget.parentElement?.querySelector('input') ?? null)}
        >
          {copied ? <CheckIcon size={18} /> : <CopyIcon size={18} />}
        </button>
      </div>
    </div>
  );
}
