import { useEffect, useRef, useState } from 'preact/hooks';
import { call } from '../common/api.ts';
import { copyText } from '../common/copy-text.ts';
import { sentenceOf } from '../common/failure.ts';
import { CheckIcon, CloseIcon, CopyIcon, ShareIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { naming } from '../common/screens.ts';
import { spanBefore } from './clip-span.ts';
import { clipTexts } from './clip-texts.ts';
import { closePanel } from './panels.ts';
import type { Player } from './player.ts';
import { kept } from './rewind.ts';

/** A clip, as POST /api/clips documents it. */
interface Clip {
  /** A page for whoever has the address. */
  readonly url: string;
  readonly file: string;
  readonly title: string;
}

/** Another clip may be cut before this one, and a switch in it is encoded. */
const CUT_MS = 120_000;

/** Makes a clip of the half minute before the picture that is shown, then passes on its link. */
export function ClipPanel({ player }: { readonly player: Player }) {
  const t = clipTexts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const [clip, setClip] = useState<Clip | null>(null);
  const [failure, setFailure] = useState('');
  const make = async () => {
    setFailure('');
    const span = spanBefore(player.moment.peek(), kept.peek()?.from ?? null);
    try {
      const body = { ...span, ...naming() };
      setClip(await call<Clip>('/api/clips', { method: 'POST', body, timeoutMs: CUT_MS }));
    } catch (error) {
      setFailure(sentenceOf(error));
    }
  };
  useEffect(() => {
    dialog.current?.showModal();
    void make();
  }, []);
  return (
    <dialog class="help share" ref={dialog} onClose={() => closePanel('clip')} aria-label={t.title}>
      <header>
        <h2>{t.title}</h2>
        <button type="button" class="help-close" onClick={() => closePanel()} aria-label={texts.value.close}>
          <CloseIcon />
        </button>
      </header>
      <p class="share-hint" role="status">
        {clip === null ? failure || t.cutting : t.done(clip.title)}
      </p>
      {clip === null && failure === '' && <progress class="clip-progress" aria-label={t.cutting} />}
      {failure !== '' && (
        <div class="share-buttons">
          <button type="button" class="button button-main" onClick={() => void make()}>
            {t.again}
          </button>
        </div>
      )}
      {clip && <Ready clip={clip} />}
    </dialog>
  );
}

function Ready({ clip: { url, title } }: { readonly clip: Clip }) {
  const t = clipTexts.value;
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const copy = async () => {
    try {
      await copyText(url, field.current);
      setCopied(true);
    } catch {
      field.current?.select();
    }
  };
  return (
    <>
      <input
        ref={field}
        type="text"
        readonly
        value={url}
        aria-label={t.link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div class="share-buttons">
        <button type="button" class="button button-main" onClick={() => void copy()}>
          {isCopied ? <CheckIcon size={18} /> : <CopyIcon size={18} />}
          {isCopied ? texts.value.copied : texts.value.copy}
        </button>
        <a class="button" href={url} target="_blank" rel="noreferrer">
          {t.open}
        </a>
        {'share' in navigator && (
          <button
            type="button"
            class="button"
            onClick={() => void navigator.share({ title, url }).catch(() => undefined)}
          >
            <ShareIcon size={18} />
            {texts.value.sharePass}
          </button>
        )}
      </div>
      <p class="hidden-text" role="status">
        {isCopied ? texts.value.copied : ''}
      </p>
    </>
  );
}
