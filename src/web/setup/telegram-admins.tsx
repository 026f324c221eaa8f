import { useRef, useState } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { CheckIcon } from '../common/icons.tsx';
import { QrCode } from '../common/qr-code.tsx';
import { botTexts } from './bot-texts.ts';
import type { TelegramState } from './contract.ts';
import { LockedNote } from './locked-note.tsx';
import { NewTabLink } from './new-tab-link.tsx';
import { isLocked } from './setup-state.ts';

const SETTING = 'TELEGRAM_ADMIN_IDS';

interface TelegramAdminsProps {
  readonly state: TelegramState;
  /** The bot's user name. */
  readonly bot: string;
  readonly onNewCode: () => Promise<void>;
}

/** The bot's admins, and the one-time link that makes another one. */
export function TelegramAdmins({ state, bot, onNewCode }: TelegramAdminsProps) {
  const t = botTexts.value;
  const { admins, start_url: url } = state;
  const atFirst = useRef(admins.length);
  const isNew = admins.length > atFirst.current;
  const title = admins.length === 0 ? t.telegram.startTitle : t.telegram.admins;
  return (
    <section class="setup-card" aria-label={title}>
      <h2>{title}</h2>
      <p role="status" class="bot-done">
        {isNew && (
          <>
            <CheckIcon size={18} /> <strong>{t.telegram.isAdmin}</strong>
          </>
        )}
      </p>
      {admins.length > 0 && (
        <ul class="bot-people">
          {admins.map(({ id, name }) => (
            <li key={id}>{name ?? t.telegram.noName(id)}</li>
          ))}
        </ul>
      )}
      {isLocked(SETTING) ? (
        <LockedNote names={[SETTING]} />
      ) : url === null ? (
        <NewCode isFirst={admins.length === 0} onNewCode={onNewCode} />
      ) : (
        <Start url={url} bot={bot} />
      )}
    </section>
  );
}

function Start({ url, bot }: { readonly url: string; readonly bot: string }) {
  const t = botTexts.value.telegram;
  return (
    <>
      <p>{t.start(bot)}</p>
      <div class="setup-buttons">
        <NewTabLink href={url} class="button button-main">
          {t.open(bot)}
        </NewTabLink>
      </div>
      <div class="bot-scan">
        <p>{t.scan}</p>
        <QrCode text={url} label={t.startQr(bot)} />
      </div>
      <p class="bot-waiting">
        <span class="spinner" aria-hidden="true" />
        {t.waiting}
      </p>
      <p class="setup-hint">{t.newCodeHint}</p>
    </>
  );
}

interface NewCodeProps {
  readonly isFirst: boolean;
  readonly onNewCode: () => Promise<void>;
}

function NewCode({ isFirst, onNewCode }: NewCodeProps) {
  const t = botTexts.value.telegram;
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    await onNewCode().catch(toastError);
    setBusy(false);
  };
  return (
    <div class="setup-buttons">
      <button
        type="button"
        class={`button ${isFirst ? 'button-main' : 'button-plain'}`}
        disabled={isBusy}
        onClick={() => void make()}
      >
        {isFirst ? t.firstCode : t.newCode}
      </button>
    </div>
  );
}
