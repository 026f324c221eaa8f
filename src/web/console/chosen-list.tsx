import { useId, useRef } from 'preact/hooks';
import type { ChosenChannel } from '../common/contract/channels.ts';
import { choiceTexts } from './choice-texts.ts';
import { chosenChannels, undoChoices } from './choices.ts';

/** Opens the list of the channels that admins have changed, where each can be undone; nothing where there are none. */
export function ChosenList() {
  const t = choiceTexts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const chosen = chosenChannels.value;
  // While it is open it stays, so that the last change can be undone too.
  if (chosen.length === 0 && !dialog.current?.open) return null;
  return (
    <>
      <button
        type="button"
        class="button button-plain choice-list-button"
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        {t.changed(chosen.length)}
      </button>
      <dialog class="confirm guide-match" ref={dialog} aria-labelledby={title}>
        <h2 id={title}>{t.changedTitle}</h2>
        {chosen.length === 0 && <p>{t.nothing}</p>}
        <ul class="choice-entries">
          {chosen.map((each) => (
            <li key={each.entries[0]?.id}>
              <span>
                <strong>{each.name}</strong> <small>{factsOf(each)}</small>
              </span>
              <button
                type="button"
                class="button button-plain"
                aria-label={t.undoOf(each.name)}
                onClick={() => void undoChoices(each, t.undone(each.name))}
              >
                {t.undo}
              </button>
            </li>
          ))}
        </ul>
        <div class="confirm-buttons">
          <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
            {t.close}
          </button>
        </div>
      </dialog>
    </>
  );
}

/** What is different, with the provider's names. */
function factsOf({
  entries,
  chosen_name: name,
  number,
  is_hidden: isHidden,
  is_alone: isAlone,
}: ChosenChannel) {
  const t = choiceTexts.value;
  const facts = [
    isHidden && t.isHidden,
    isAlone && t.isAlone,
    number !== null && t.hasNumber(number),
    name !== null && entries.map((entry) => entry.name).join(', '),
  ];
  return facts.filter((fact) => fact !== false).join(' · ');
}
