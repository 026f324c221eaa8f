import type { Setting } from './contract.ts';
import { FieldFailure } from './field-failure.tsx';
import { focusNext } from './focus-next.ts';
import { SecretField } from './secret-field.tsx';
import { SettingField } from './setting-field.tsx';
import type { SettingsEditor } from './settings-editor.ts';
import { settingsTexts } from './settings-texts.ts';

interface SettingRowProps {
  readonly setting: Setting;
  readonly editor: SettingsEditor;
}

/** One setting: name, meaning, where its value comes from, and a field unless the environment decides it. */
export function SettingRow({ setting, editor }: SettingRowProps) {
  const t = settingsTexts.value;
  const { name, meaning, source, applies } = setting;
  const id = `setting-${name}`;
  const draft = editor.drafts.value.get(name);
  const problem = editor.problems.value.get(name);
  const isLocked = source === 'environment' || applies === 'environment_only';
  const isChanged = draft !== undefined;
  return (
    <li
      class={`setting ${isChanged ? 'setting-changed' : ''} ${problem === undefined ? '' : 'setting-wrong'}`}
    >
      <div class="setting-head">
        {isLocked || setting.kind === 'secret' ? (
          <strong class="setting-name">{name}</strong>
        ) : (
          <label class="setting-name" for={id}>
            {name}
          </label>
        )}
        <span class={`setting-source setting-from-${source}`}>
          {isChanged ? t.unsaved : t.sources[source]}
        </span>
      </div>
      <p id={`${id}-meaning`} class="setup-hint">
        {meaning}
      </p>
      {isLocked ? (
        <LockedValue setting={setting} />
      ) : setting.kind === 'secret' ? (
        <SecretField
          key={editor.generation.value}
          setting={setting}
          draft={draft}
          describedBy={describedBy(id)}
          onType={(typed) => editor.edit(setting, typed)}
          onRemove={() => editor.toDefault(setting)}
          onKeep={() => editor.discard(name)}
        />
      ) : (
        <SettingField
          id={id}
          setting={setting}
          draft={draft}
          describedBy={describedBy(id)}
          isWrong={problem !== undefined}
          onType={(typed) => editor.edit(setting, typed)}
        />
      )}
      <FieldFailure id={`${id}-problem`} text={problem ?? null} />
      <p id={`${id}-hint`} class="setting-hint">
        {hints(setting).join(' · ')}
      </p>
      {!isLocked && setting.kind !== 'secret' && (
        <RowButtons setting={setting} isChanged={isChanged} draft={draft} editor={editor} />
      )}
    </li>
  );
}

const describedBy = (id: string) => `${id}-problem ${id}-meaning ${id}-hint`;

/** What there is to know about the value beside its meaning. */
function hints({ kind, source, default_value: standard, applies }: Setting): string[] {
  const t = settingsTexts.value;
  if (applies === 'environment_only') return [t.environmentOnly];
  if (source === 'environment') return [t.locked];
  const all: string[] = [];
  if (kind === 'list') all.push(t.onePerLine);
  if (kind !== 'secret' && kind !== 'choice' && standard !== null) all.push(t.defaultIs(standard));
  if (applies === 'restart') all.push(t.restarts);
  if (applies === 'next_channel') all.push(t.nextChannel);
  return all;
}

function LockedValue({ setting: { kind, value, is_set: isSet } }: { readonly setting: Setting }) {
  const t = settingsTexts.value;
  if (kind === 'secret') return <p class="setting-value">{isSet ? t.isSet : t.isNotSet}</p>;
  return (
    <p class="setting-value">
      <code>{value ?? t.noValue}</code>
    </p>
  );
}

interface RowButtonsProps extends SettingRowProps {
  readonly isChanged: boolean;
  readonly draft: string | null | undefined;
}

function RowButtons({ setting, isChanged, draft, editor }: RowButtonsProps) {
  const t = settingsTexts.value;
  const { name, source } = setting;
  if (!isChanged && source !== 'page') return null;
  const press = (action: () => void) => {
    action();
    focusNext(`#setting-${name}`);
  };
  return (
    <div class="setting-buttons">
      {draft === null && <span>{t.willBeDefault}</span>}
      {source === 'page' && draft !== null && (
        <button
          type="button"
          class="button button-plain"
          aria-label={t.toDefaultName(name)}
          onClick={() => press(() => editor.toDefault(setting))}
        >
          {t.toDefault}
        </button>
      )}
      {isChanged && (
        <button
          type="button"
          class="button button-plain"
          aria-label={t.revertName(name)}
          onClick={() => press(() => editor.discard(name))}
        >
          {t.revert}
        </button>
      )}
    </div>
  );
}
