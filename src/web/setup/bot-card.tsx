import type { ComponentChildren, Ref } from 'preact';
import { useState } from 'preact/hooks';
import type { BotState } from '../../domain/bot-state.ts';
import { toastError } from '../common/failure.ts';
import { initials } from '../common/format.ts';
import { botTexts } from './bot-texts.ts';
import { confirm } from './confirm.tsx';
import { focusNext } from './focus-next.ts';
import { LockedNote } from './locked-note.tsx';
import { isLocked } from './setup-state.ts';
import { TokenForm } from './token-form.tsx';

const CHANGE = '.bot-change button';
const FIELD = '.bot-token :is(input, textarea)';

interface BotCardProps {
  readonly name: string;
  /** A data: address. */
  readonly picture: string | null;
  readonly state: BotState;
  readonly message: string;
  /** The setting with the token. */
  readonly tokenSetting: string;
  readonly tokenLabel: string;
  readonly isLongToken?: boolean;
  readonly onToken: (token: string) => Promise<void>;
  readonly onRemove: () => Promise<void>;
  /** The heading, for the focus. */
  readonly heading: Ref<HTMLHeadingElement>;
  readonly children?: ComponentChildren;
}

/** The bot with its state, and its token to change or remove. */
export function BotCard({ name, picture, state, message, heading, children, ...token }: BotCardProps) {
  const t = botTexts.value;
  const mark = markOf(state);
  return (
    <section class="setup-card" aria-label={t.botState}>
      <div class="bot-head">
        <span class="logo logo-square">
          {picture === null ? (
            <span class="logo-initials" aria-hidden="true">
              {initials(name)}
            </span>
          ) : (
            <img src={picture} alt="" />
          )}
        </span>
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {name}
          </h2>
          <p class={`bot-message bot-${mark}`} role="status">
            <span class="bot-lamp" aria-hidden="true" />
            <span>
              <span class="hidden-text">{t.stateMarks[mark]} </span>
              {message}
            </span>
          </p>
        </div>
      </div>
      {children}
      {isLocked(token.tokenSetting) ? (
        <LockedNote names={[token.tokenSetting]} />
      ) : (
        <TokenChange name={name} {...token} />
      )}
    </section>
  );
}

function markOf(state: BotState): 'good' | 'busy' | 'bad' {
  if (state === 'on') return 'good';
  return state === 'starting' || state === 'not_invited' ? 'busy' : 'bad';
}

type TokenChangeProps = Pick<BotCardProps, 'name' | 'tokenLabel' | 'isLongToken' | 'onToken' | 'onRemove'>;

function TokenChange({ name, tokenLabel, isLongToken = false, onToken, onRemove }: TokenChangeProps) {
  const t = botTexts.value;
  const [isOpen, setOpen] = useState(false);
  const remove = async () => {
    if (!(await confirm(t.removeSure(name), t.removeBot))) return;
    await onRemove().then(() => focusNext(FIELD), toastError);
  };
  if (isOpen)
    return (
      <TokenForm
        label={tokenLabel}
        isLong={isLongToken}
        onToken={async (token) => {
          await onToken(token);
          setOpen(false);
        }}
        onCancel={() => {
          setOpen(false);
          focusNext(CHANGE);
        }}
      />
    );
  return (
    <div class="setup-buttons bot-change">
      <button
        type="button"
        class="button button-plain"
        onClick={() => {
          setOpen(true);
          focusNext(FIELD);
        }}
      >
        {t.changeToken}
      </button>
      <button type="button" class="button button-plain" onClick={() => void remove()}>
        {t.removeBot}
      </button>
    </div>
  );
}
