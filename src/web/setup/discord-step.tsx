import { useEffect, useRef } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { BotCard } from './bot-card.tsx';
import { botTexts } from './bot-texts.ts';
import { botsApi } from './bots-api.ts';
import type { DiscordState } from './contract.ts';
import { DiscordRights } from './discord-rights.tsx';
import { LiveState } from './live-state.ts';
import { LockedNote } from './locked-note.tsx';
import { NewTabLink } from './new-tab-link.tsx';
import { setupApi } from './setup-api.ts';
import { discord, isLocked } from './setup-state.ts';
import { StateOf } from './state-of.tsx';
import { TokenForm } from './token-form.tsx';
import { TokenSteps } from './token-steps.tsx';

const SETTING = 'DISCORD_TOKEN';
const PORTAL = 'https://discord.com/developers/applications';

const live = new LiveState(discord, {
  onError: toastError,
  load: setupApi.discord,
  isWaiting: ({ state, has_token: hasToken, guilds }) =>
    hasToken && (guilds.length === 0 || state === 'starting' || state === 'not_invited'),
});

/** The Discord bot: its token, the invitation to a server, and which roles may do what. */
export function DiscordStep() {
  const t = botTexts.value;
  useEffect(() => live.follow(), []);
  return (
    <>
      <p class="setup-hint">{t.discord.intro}</p>
      <StateOf live={live} state={discord.value}>
        {(state) => <Bot state={state} />}
      </StateOf>
    </>
  );
}

function Bot({ state }: { readonly state: DiscordState }) {
  const t = botTexts.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const useToken = async (token: string) => {
    await live.change(() => botsApi.useDiscord(token));
    requestAnimationFrame(() => heading.current?.focus());
  };
  if (!state.has_token)
    return (
      <TokenSteps
        title={t.discord.stepsTitle}
        steps={t.discord.steps}
        link={{ href: PORTAL, text: t.discord.portal }}
      >
        {isLocked(SETTING) ? (
          <LockedNote names={[SETTING]} />
        ) : (
          <TokenForm label={t.token} onToken={useToken} />
        )}
      </TokenSteps>
    );
  return (
    <>
      <BotCard
        name={state.bot?.name ?? t.discord.title}
        picture={state.bot?.picture ?? null}
        state={state.state}
        message={state.message}
        tokenSetting={SETTING}
        tokenLabel={t.token}
        onToken={useToken}
        onRemove={() => live.change(botsApi.dropDiscord)}
        heading={heading}
      >
        <Invitation state={state} />
      </BotCard>
      {state.guilds.length > 0 && (
        <DiscordRights state={state} onChange={(roles) => live.change(() => botsApi.discordRoles(roles))} />
      )}
    </>
  );
}

/** The button that adds the bot to a server, and whether that has happened; a bot that is on says where by itself. */
function Invitation({ state: { state, guilds, invite_url: url } }: { readonly state: DiscordState }) {
  const t = botTexts.value.discord;
  const [first] = guilds;
  const isMissing = first === undefined;
  return (
    <>
      <p role="status" class="bot-done">
        {!isMissing &&
          state !== 'on' &&
          (guilds.length === 1 ? t.added(first.name) : t.addedTo(guilds.length))}
      </p>
      {url !== null && (
        <div class="setup-buttons">
          <NewTabLink href={url} class={`button ${isMissing ? 'button-main' : 'button-plain'}`}>
            {isMissing ? t.invite : t.inviteMore}
          </NewTabLink>
        </div>
      )}
      {isMissing && url !== null && (
        <>
          <p class="setup-hint">{t.inviteHint}</p>
          <p class="bot-waiting">
            <span class="spinner" aria-hidden="true" />
            {t.waiting}
          </p>
        </>
      )}
    </>
  );
}
