import type { Setting } from './contract.ts';
import { settingsTexts } from './settings-texts.ts';

const inputModes = { number: 'numeric', address: 'url', text: 'text', secret: 'text' } as const;

interface SettingFieldProps {
  readonly id: string;
  readonly setting: Setting;
  /** What is typed and not saved: null for the default, undefined for nothing. */
  readonly draft: string | null | undefined;
  readonly describedBy: string;
  readonly isWrong: boolean;
  readonly onType: (typed: string) => void;
}

/** The field of a setting that may be read, by its kind. */
export function SettingField({ id, setting, draft, describedBy, isWrong, onType }: SettingFieldProps) {
  const t = settingsTexts.value;
  const { kind, choices, default_value: standard, value } = setting;
  const text = draft === undefined ? (value ?? '') : (draft ?? standard ?? '');
  const shared = {
    id,
    class: 'setting-field',
    'aria-describedby': describedBy,
    'aria-invalid': isWrong,
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: false,
    placeholder: standard ?? t.noValue,
  } as const;
  if (kind === 'choice')
    return (
      <select {...shared} value={text} onChange={(event) => onType(event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === standard ? t.isDefault(choice) : choice}
          </option>
        ))}
      </select>
    );
  if (kind === 'list')
    return (
      <textarea
        {...shared}
        rows={Math.min(6, Math.max(2, toLines(text).split('\n').length + 1))}
        value={toLines(text)}
        onInput={(event) => onType(toList(event.currentTarget.value))}
      />
    );
  return (
    <input
      {...shared}
      type="text"
      inputmode={inputModes[kind]}
      value={text}
      onInput={(event) => onType(event.currentTarget.value)}
    />
  );
}

/** A list's value, which has commas, as one entry a line. */
export function toLines(value: string): string {
  return value.replaceAll(',', '\n');
}

/** Lines as a list's value. */
export function toList(lines: string): string {
  return lines.replaceAll('\n', ',');
}
