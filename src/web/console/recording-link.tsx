import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { CopyField } from '../common/copy-field.tsx';
import { texts } from '../common/language.ts';
import { info } from '../common/session.ts';
import { recordingTexts } from './recording-texts.ts';
import type { Recording } from './recordings-api.ts';

interface LinkProps {
  readonly recording: Recording;
}

/** Shows the address for players: the file's, or the playlist's of a recording that still runs. */
export function RecordingLink({ recording }: LinkProps) {
  const t = recordingTexts.value;
  const [isOpen, setOpen] = useState(false);
  if (recording.url === null && recording.playlist === null) return null;
  return (
    <>
      <button
        type="button"
        class="button button-plain"
        aria-haspopup="dialog"
        aria-label={t.linkName(recording.title)}
        onClick={() => setOpen(true)}
      >
        {t.link}
      </button>
      {isOpen && <LinkDialog recording={recording} onClose={() => setOpen(false)} />}
    </>
  );
}

function LinkDialog({
  recording: { title, url, playlist },
  onClose,
}: LinkProps & { readonly onClose: () => void }) {
  const t = recordingTexts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  const live = info.value?.addresses.hls ?? location.href;
  return (
    <dialog class="confirm recording-dialog" ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <p class="recording-hint">{url === null ? t.linkHintRunning : t.linkHint}</p>
      <CopyField label={t.link} value={addressFor(url ?? playlist ?? '', live)} />
      <div class="confirm-buttons">
        <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
          {texts.value.close}
        </button>
      </div>
    </dialog>
  );
}

/** A path on the server where players reach it, with the viewers' key if the live address has one. */
function addressFor(path: string, live: string): string {
  const address = new URL(live);
  address.pathname = path;
  return address.href;
}
