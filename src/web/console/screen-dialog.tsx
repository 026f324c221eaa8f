import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { liveScreen } from '../../domain/ids.ts';
import { api } from '../common/api.ts';
import type { Role } from '../common/contract/people.ts';
import type { Screen } from '../common/contract/screens.ts';
import { toastError } from '../common/failure.ts';
import { texts } from '../common/language.ts';
import { screens } from '../common/screens.ts';
import { toast } from '../common/toasts.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { screenTexts } from './screen-texts.ts';
import { screensApi } from './screens-api.ts';
import { chooseScreen } from './view.ts';

const LONGEST_NAME = 40;
const roles: readonly Role[] = ['viewer', 'controller', 'admin'];

/** The screen in the dialog; null while the dialog is closed. */
const edited = signal<Screen | 'new' | null>(null);

/** Opens the dialog for a screen, or for one to add. */
export function editScreen(screen: Screen | 'new' | null): void {
  edited.value = screen;
}

/** Adds a screen, or changes the name and the rights of one, or removes it. */
export function ScreenDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const screen = edited.value;
  useEffect(() => {
    if (screen) dialog.current?.showModal();
  }, [screen]);
  if (!screen) return null;
  const title = screen === 'new' ? screenTexts.value.addScreen : screenTexts.value.edit(screen.name);
  return (
    <dialog
      class="confirm screen-dialog"
      ref={dialog}
      aria-label={title}
      onClose={({ target, currentTarget }) => {
        // the question whether to remove closes too
        if (target === currentTarget) edited.value = null;
      }}
    >
      <h2>{title}</h2>
      <Form screen={screen} />
    </dialog>
  );
}

function Form({ screen }: { readonly screen: Screen | 'new' }) {
  const t = screenTexts.value;
  const [busy, setBusy] = useState(false);
  const known = screen === 'new' ? null : screen;

  const run = async (change: () => Promise<void>) => {
    setBusy(true);
    try {
      await change();
      edited.value = null;
    } catch (error) {
      toastError(error);
    }
    setBusy(false);
  };

  const save = async (data: FormData) => {
    const given = data.get('name');
    const name = typeof given === 'string' ? given : '';
    if (!known) {
      const { id, name: called } = await screensApi.add(name);
      // else the screen would count as gone until the event comes
      screens.value = await api.screens();
      chooseScreen(id);
      toast('good', t.added(called));
      return;
    }
    const control = roleNamed(data.get('control')) ?? known.control;
    await screensApi.change(known.id, { name, control, watch: roleNamed(data.get('watch')) });
  };

  const remove = async ({ id, name }: Screen) => {
    await screensApi.remove(id);
    chooseScreen(liveScreen);
    toast('good', t.removed(name));
  };

  return (
    <form
      class="token-form"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        if (!busy) void run(() => save(data));
      }}
    >
      <label>
        {t.name}
        <input
          name="name"
          type="text"
          required
          maxlength={LONGEST_NAME}
          autocomplete="off"
          value={known?.name ?? ''}
        />
      </label>
      {known && (
        <>
          <RoleSelect name="control" label={t.control} value={known.control} />
          <RoleSelect name="watch" label={t.watch} value={known.watch} />
        </>
      )}
      <div class="confirm-buttons">
        {known && known.id !== liveScreen && (
          <ConfirmButton
            label={t.remove}
            name={t.removeName(known.name)}
            question={t.removeSure(known.name)}
            onConfirm={() => void run(() => remove(known))}
          />
        )}
        <button type="button" class="button button-plain" onClick={() => editScreen(null)}>
          {texts.value.cancel}
        </button>
        <button type="submit" class="button button-main" disabled={busy}>
          {known ? t.save : t.add}
        </button>
      </div>
    </form>
  );
}

interface RoleSelectProps {
  readonly name: 'control' | 'watch';
  readonly label: string;
  readonly value: Role | null;
}

/** Chooses the least role; who may watch can also be everybody. */
function RoleSelect({ name, label, value }: RoleSelectProps) {
  const t = screenTexts.value;
  return (
    <label>
      {label}
      <select name={name} value={value ?? ''}>
        {name === 'watch' && <option value="">{t.anyViewer}</option>}
        {roles.map((role) => (
          <option key={role} value={role}>
            {t.leastRoles[role]}
          </option>
        ))}
      </select>
    </label>
  );
}

function roleNamed(value: FormDataEntryValue | null): Role | null {
  return roles.find((role) => role === value) ?? null;
}
