import { useRef, useState } from 'preact/hooks';
import { copyText } from '../common/copy-text.ts';
import { toastError } from '../common/failure.ts';
import { CheckIcon, CopyIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';

/** Several lines with a button that copies them. */
export function CopyBlock({ text, label }: { readonly text: string; readonly label: string }) {
  const lines = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await copyText(text, lines.current);
      setCopied(true);
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <div class="copy-block">
      <textarea
        ref={lines}
        readonly
        rows={text.split('\n').length}
        value={text}
        aria-label={label}
        spellcheck={false}
        wrap="off"
      />
      <button type="button" class="button button-plain" onClick={() => void copy()}>
        {copied ? <CheckIcon size={16} /> : <CopyIcon size={16} />}
        {copied ? texts.value.copied : label}
      </button>
    </div>
  );
}
