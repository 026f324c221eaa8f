import { useState } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { botTexts } from './bot-texts.ts';
import type { TelegramState } from './contract.ts';
import { LockedNote } from './locked-note.tsx';
import { NewTabLink } from './new-tab-link.tsx';
import { isLocked } from './setup-state.ts';

const SETTING = 'TELEGRAM_VIEWER_IDS';

interface TelegramGroupsProps {
  readonly groups: TelegramState['groups'];
  /** The bot's user name. */
  readonly bot: string;
  readonly onAllow: (id: string, isAllowed: boolean) => Promise<void>;
}

/** The groups that the bot is in, each to allow with one press. */
export function TelegramGroups({ groups, bot, onAllow }: TelegramGroupsProps) {
  const t = botTexts.value;
  const locked = isLocked(SETTING);
  return (
    <section class="setup-card" aria-labelledby="groups-title">
      <h2 id="groups-title">{t.telegram.groupsTitle}</h2>
      <p class="setup-hint">{t.telegram.groupsHint}</p>
      {groups.length === 0 ? (
        <p>{t.telegram.noGroups}</p>
      ) : (
        <ul class="bot-groups">
          {groups.map((group) => (
            <Group key={group.id} group={group} locked={locked} onAllow={onAllow} />
          ))}
        </ul>
      )}
      <LockedNote names={[SETTING]} />
      <div class="setup-buttons">
        <NewTabLink
          href={`https://t.me/${encodeURIComponent(bot)}?startgroup=true`}
          class="button button-plain"
        >
          {t.telegram.addToGroup}
        </NewTabLink>
      </div>
    </section>
  );
}

interface GroupProps extends Pick<TelegramGroupsProps, 'onAllow'> {
  readonly group: TelegramState['groups'][number];
  readonly locked: boolean;
}

function Group({ group: { id, title, is_allowed: isAllowed }, locked, onAllow }: GroupProps) {
  const t = botTexts.value.telegram;
  const [isBusy, setBusy] = useState(false);
  const change = async () => {
    setBusy(true);
    await onAllow(id, !isAllowed).catch(toastError);
    setBusy(false);
  };
  return (
    <li>
      <span class="bot-group">
        <strong>{title}</strong>
        {isAllowed && <span class="bot-allowed">{t.allowed}</span>}
      </span>
      <button
        type="button"
        class={`button ${isAllowed ? 'button-plain' : 'button-main'}`}
        aria-label={isAllowed ? t.forbidGroup(title) : t.allowGroup(title)}
        aria-disabled={isBusy}
        disabled={locked}
        onClick={() => !isBusy && void change()}
      >
        {isAllowed ? t.forbid : t.allow}
      </button>
    </li>
  );
}
