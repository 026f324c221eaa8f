import { useRef, useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import { toastError } from '../common/failure.ts';
import { texts } from '../common/language.ts';

/** As the server has it. */
const SHORTEST_PASSPHRASE = 8;

/** The whole server as a file: to download, and to be replaced by. */
export function BundleSection() {
  const t = texts.value;
  return (
    <section class="server-card bundle" aria-label={t.bundle}>
      <h2>{t.bundle}</h2>
      <p class="server-summary">{t.bundleHint}</p>
      <div class="bundle-forms">
        <div>
          <h3>{t.exportTitle}</h3>
          <ExportForm />
        </div>
        <div>
          <h3>{t.importTitle}</h3>
          <ImportForm />
        </div>
      </div>
    </section>
  );
}

function ExportForm() {
  const t = texts.value;
  const { busy, said, run } = useWork();

  const submit = (form: HTMLFormElement) =>
    run(async () => {
      const content = await api.exportAll(textOf(form, 'passphrase'));
      download(JSON.stringify(content, null, 2), `zapette-${new Date().toISOString().slice(0, 10)}.json`);
      form.reset();
      return t.exported;
    });

  return (
    <form
      class="token-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <label>
        {t.newPassphrase}
        <input
          name="passphrase"
          type="password"
          required
          minlength={SHORTEST_PASSPHRASE}
          autocomplete="new-password"
        />
      </label>
      <button type="submit" class="button button-main" disabled={busy}>
        {t.exportDo}
      </button>
      <p role="status">{said}</p>
    </form>
  );
}

/** Asks before it does anything, since everything is replaced. */
function ImportForm() {
  const t = texts.value;
  const { busy, said, run } = useWork();
  const form = useRef<HTMLFormElement>(null);
  const dialog = useRef<HTMLDialogElement>(null);

  const submit = () =>
    run(async () => {
      dialog.current?.close();
      const given = form.current && new FormData(form.current).get('file');
      if (!form.current || !(given instanceof File)) return '';
      const { message } = await api.importAll(await given.text(), textOf(form.current, 'passphrase'));
      form.current.reset();
      return message;
    });

  return (
    <>
      <form
        class="token-form"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          dialog.current?.showModal();
        }}
      >
        <label>
          {t.importFile}
          <input name="file" type="file" required accept=".json,application/json" />
        </label>
        <label>
          {t.passphrase}
          <input name="passphrase" type="password" required autocomplete="off" />
        </label>
        <button type="submit" class="button button-plain" aria-haspopup="dialog" disabled={busy}>
          {t.importDo}
        </button>
        <p role="status">{said}</p>
      </form>
      <dialog class="confirm" ref={dialog} aria-label={t.importTitle}>
        <p>{t.importQuestion}</p>
        <div class="confirm-buttons">
          <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
            {t.cancel}
          </button>
          <button type="button" class="button button-danger" onClick={() => void submit()}>
            {t.importConfirm}
          </button>
        </div>
      </dialog>
    </>
  );
}

/** One piece of work at a time, and what came of it: a sentence here, or an error as a toast. */
function useWork() {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const run = async (work: () => Promise<string>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setSaid('');
    try {
      setSaid(await work());
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };
  return { busy, said, run };
}

function textOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}

function download(text: string, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  // Some browsers read it a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
