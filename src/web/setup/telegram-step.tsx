import { useEffect, useRef } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { BotCard } from './bot-card.tsx';
import { botTexts } from './bot-texts.ts';
import { botsApi } from './bots-api.ts';
import type { TelegramState } from './contract.ts';
import { LiveState } from './live-state.ts';
import { LockedNote } from './locked-note.tsx';
import { setupApi } from './setup-api.ts';
import { isLocked, telegram } from './setup-state.ts';
import { StateOf } from './state-of.tsx';
import { TelegramAdmins } from './telegram-admins.tsx';
import { TelegramGroups } from './telegram-groups.tsx';
import { TokenForm } from './token-form.tsx';
import { TokenSteps } from './token-steps.tsx';

const SETTING = 'TELEGRAM_TOKEN';
const BOT_FATHER = 'https://t.me/BotFather';

const live = new LiveState(telegram, {
  onError: toastError,
  load: setupApi.telegram,
  // somebody may press Start, or add the bot to a group, at any time
  isWaiting: (state) => state.has_token,
});

/** The Telegram bot: its token, its first admin, and the groups that may use it. */
export function TelegramStep() {
  const t = botTexts.value;
  useEffect(() => live.follow(), []);
  return (
    <>
      <p class="setup-hint">{t.telegram.intro}</p>
      <StateOf live={live} state={telegram.value}>
        {(state) => <Bot state={state} />}
      </StateOf>
    </>
  );
}

function Bot({ state }: { readonly state: TelegramState }) {
  const t = botTexts.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const useToken = async (token: string) => {
    await live.change(() => botsApi.useTelegram(token));
    requestAnimationFrame(() => heading.current?.focus());
  };
  if (!state.has_token)
    return (
      <TokenSteps
        title={t.telegram.stepsTitle}
        steps={t.telegram.steps}
        link={{ href: BOT_FATHER, text: t.telegram.botFather }}
      >
        {isLocked(SETTING) ? (
          <LockedNote names={[SETTING]} />
        ) : (
          <TokenForm label={t.telegram.token} isLong onToken={useToken} />
        )}
      </TokenSteps>
    );
  return (
    <>
      <BotCard
        name={state.bot?.name ?? t.telegram.title}
        picture={null}
        state={state.state}
        message={state.message}
        tokenSetting={SETTING}
        tokenLabel={t.telegram.token}
        isLongToken
        onToken={useToken}
        onRemove={() => live.change(botsApi.dropTelegram)}
        heading={heading}
      />
      {state.bot !== null && (
        <>
          <TelegramAdmins
            state={state}
            bot={state.bot.username}
            onNewCode={() => live.change(botsApi.ownerCode)}
          />
          <TelegramGroups
            groups={state.groups}
            bot={state.bot.username}
            onAllow={(id, isAllowed) => live.change(() => botsApi.allowGroup(id, isAllowed))}
          />
        </>
      )}
    </>
  );
}
