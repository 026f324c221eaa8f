import { accountSettings, settingNamesOf } from '../../domain/account-settings.ts';
import type { Setting } from './contract.ts';
import { SettingRow } from './setting-row.tsx';
import type { SettingsEditor } from './settings-editor.ts';
import { settingsTexts } from './settings-texts.ts';

interface SettingRowsProps {
  readonly settings: readonly Setting[];
  readonly editor: SettingsEditor;
  /** Somebody searches: what was found is shown. */
  readonly isSearch: boolean;
}

/** The settings of a group; those of each further subscription and list are folded up until one of them is set. */
export function SettingRows({ settings, editor, isSearch }: SettingRowsProps) {
  return partsOf(settings).map(({ account, settings: own }) => {
    const rows = (
      <ul>
        {own.map((setting) => (
          <SettingRow key={setting.name} setting={setting} editor={editor} />
        ))}
      </ul>
    );
    if (!account) return rows;
    const t = settingsTexts.value;
    const isUsed = own.some(
      ({ name, source }) =>
        source !== 'default' || editor.drafts.value.has(name) || editor.problems.value.has(name),
    );
    return (
      <details key={account.id} class="settings-account" open={isSearch || isUsed}>
        <summary>{account.kind === 'm3u' ? t.list(account.number) : t.subscription(account.number)}</summary>
        {rows}
      </details>
    );
  });
}

type Account = (typeof accountSettings)[number];
const furtherAccounts = new Map(
  accountSettings.slice(1).flatMap((account) => settingNamesOf(account).map((name) => [name, account])),
);

interface Part {
  /** Null for what belongs to no further account. */
  readonly account: Account | null;
  readonly settings: Setting[];
}

/** Neighbours of the same account, in their order. */
function partsOf(settings: readonly Setting[]): readonly Part[] {
  const parts: Part[] = [];
  for (const setting of settings) {
    const account = furtherAccounts.get(setting.name) ?? null;
    const last = parts.at(-1);
    if (last && last.account === account) last.settings.push(setting);
    else parts.push({ account, settings: [setting] });
  }
  return parts;
}
