import { useState } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { toast } from '../common/toasts.tsx';
import { focusNext } from './focus-next.ts';
import type { SettingsEditor } from './settings-editor.ts';
import { settingsTexts } from './settings-texts.ts';

interface SettingsBarProps {
  readonly editor: SettingsEditor;
  /** Shows the fields that the server refused. */
  readonly onProblems: () => void;
  /** Runs after the values have changed on the server. */
  readonly onSaved: () => Promise<void>;
}

/** The undo of what was just saved; without it, the heading. */
const NEXT = ['.settings-bar button', '.setup h1'] as const;

/** The number of changes with Save and Discard; without changes, the undo of the last save. */
export function SettingsBar({ editor, onProblems, onSaved }: SettingsBarProps) {
  const t = settingsTexts.value;
  const count = editor.changeCount.value;
  const wrong = editor.problems.value.size;
  const isBusy = editor.isBusy.value;
  const [isSaved, setSaved] = useState(false);

  /** @returns whether it worked */
  const run = async (action: () => Promise<void>): Promise<boolean> => {
    if (isBusy) return false;
    try {
      await action();
    } catch (error) {
      if (editor.problems.value.size > 0) onProblems();
      else toastError(error);
      return false;
    }
    focusNext(...NEXT);
    await onSaved().catch(toastError);
    return true;
  };
  const save = async () => setSaved(await run(() => editor.save()));
  const undo = async () => {
    setSaved(false);
    if (await run(() => editor.undo())) toast('good', t.undone);
  };

  const discard = () => {
    editor.discardAll();
    setSaved(false);
    focusNext(...NEXT);
  };

  if (count === 0 && !editor.canUndo.value) return null;
  return (
    <section class="settings-bar" aria-label={t.changed(count)}>
      <p role="status">{wrong > 0 ? t.problems(wrong) : count > 0 ? t.changed(count) : isSaved && t.saved}</p>
      {count === 0 ? (
        <button type="button" class="button button-plain" aria-disabled={isBusy} onClick={() => void undo()}>
          {t.undo}
        </button>
      ) : (
        <>
          <button type="button" class="button button-plain" onClick={discard}>
            {t.discard}
          </button>
          <button type="button" class="button button-main" aria-disabled={isBusy} onClick={() => void save()}>
            {isBusy ? t.saving : t.save}
          </button>
        </>
      )}
    </section>
  );
}
