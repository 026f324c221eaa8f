import { useEffect, useRef } from 'preact/hooks';
import { api } from '../common/api.ts';
import { SmileIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { offeredReactions, paletteOpen, togglePalette } from './reactions.ts';

/** The button of the controls that opens the reactions, and the emojis to send to everybody's picture. */
export function ReactionPalette() {
  const opener = useRef<HTMLButtonElement>(null);
  const palette = useRef<HTMLFieldSetElement>(null);
  const isOpen = paletteOpen.value;
  useEffect(() => {
    if (!isOpen) return;
    palette.current?.querySelector('button')?.focus();
    return () => opener.current?.focus();
  }, [isOpen]);

  const t = texts.value;
  return (
    <div class="reactions">
      <button
        type="button"
        class="controls-button"
        ref={opener}
        aria-label={t.reactions}
        aria-expanded={isOpen}
        title={t.reactions}
        onClick={togglePalette}
      >
        <SmileIcon size={24} />
      </button>
      {isOpen && (
        <fieldset class="reaction-palette" ref={palette} aria-label={t.reactions}>
          {offeredReactions.value.map((emoji) => (
            <button key={emoji} type="button" title={t.reactWith(emoji)} onClick={() => react(emoji)}>
              <span aria-hidden="true">{emoji}</span>
              <span class="hidden-text">{t.reactWith(emoji)}</span>
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** Sends a reaction, which comes back with everybody else's; a refusal, such as for too many, is ignored. */
function react(emoji: string): void {
  api.react(emoji).catch(() => undefined);
}
