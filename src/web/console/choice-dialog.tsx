import { signal } from '@preact/signals';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { ChannelGroup, ChannelId, ChoiceChange, Variant } from '../common/contract/channels.ts';
import { PencilIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { choiceTexts } from './choice-texts.ts';
import { changeChannel, chosenFor, mayChoose, undoChoices } from './choices.ts';
import { loadTyped } from './load-typed.ts';

/** The channel that is being changed; null for none. */
const changing = signal<ChannelGroup | null>(null);
const MOST_FOUND = 6;

/** In the row of a channel, for admins. */
export function ChoiceButton({ group }: { readonly group: ChannelGroup }) {
  if (!mayChoose()) return null;
  const label = choiceTexts.value.change(group.name);
  return (
    <button
      type="button"
      class="icon-button channel-edit"
      aria-haspopup="dialog"
      aria-label={label}
      title={label}
      onClick={() => {
        changing.value = group;
      }}
    >
      <PencilIcon size={19} />
    </button>
  );
}

/** Lets an admin choose a channel's name and number, hide it, and say which entries of the list it consists of. */
export function ChoiceDialog() {
  const group = changing.value;
  return group && <Dialog key={group.id} group={group} />;
}

function Dialog({ group }: { readonly group: ChannelGroup }) {
  const t = choiceTexts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [isBusy, setBusy] = useState(false);
  const chosen = chosenFor(group);
  useEffect(() => dialog.current?.showModal(), []);
  /** Closes the dialog unless it fails, so that one can correct what was typed. */
  const run = async (job: () => Promise<boolean>) => {
    setBusy(true);
    if (await job()) dialog.current?.close();
    setBusy(false);
  };
  const change = (id: ChannelId, wanted: ChoiceChange, done = t.saved(group.name)) =>
    void run(() => changeChannel(id, wanted, done));
  return (
    <dialog
      class="confirm guide-match"
      ref={dialog}
      aria-labelledby={title}
      aria-busy={isBusy}
      onClose={() => {
        changing.value = null;
      }}
    >
      <h2 id={title}>{t.change(group.name)}</h2>
      <NameAndNumber group={group} onSave={(wanted) => change(group.id, wanted)} />
      <SameAs group={group} onChoose={(id) => change(group.id, { same_as: id })} />
      {group.variants.length > 1 && (
        <Entries
          variants={group.variants}
          onTakeOut={({ id, name }) => change(id, { is_alone: true, name })}
        />
      )}
      <div class="confirm-buttons">
        {chosen && (
          <button
            type="button"
            class="button button-plain"
            onClick={() => void run(() => undoChoices(chosen, t.undone(group.name)))}
          >
            {t.undo}
          </button>
        )}
        <button
          type="button"
          class="button button-plain"
          onClick={() => change(group.id, { is_hidden: true }, t.hidden(group.name))}
        >
          {t.hide}
        </button>
        <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
          {texts.value.cancel}
        </button>
      </div>
    </dialog>
  );
}

interface NameAndNumberProps {
  readonly group: ChannelGroup;
  readonly onSave: (change: ChoiceChange) => void;
}

function NameAndNumber({ group, onSave }: NameAndNumberProps) {
  const t = choiceTexts.value;
  const chosen = chosenFor(group);
  const [name, setName] = useState(chosen?.chosen_name ?? '');
  const [number, setNumber] = useState(chosen?.number?.toString() ?? '');
  return (
    <form
      class="choice-fields"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ name: name.trim() || null, number: number.trim() === '' ? null : Number(number) });
      }}
    >
      <label>
        {t.name}
        <input
          type="text"
          maxLength={100}
          placeholder={group.name}
          value={name}
          onInput={({ currentTarget: { value } }) => setName(value)}
        />
      </label>
      <label>
        {t.number}
        <input
          type="number"
          min={100}
          max={99_999}
          placeholder={t.numberHint}
          value={number}
          onInput={({ currentTarget: { value } }) => setNumber(value)}
        />
      </label>
      <button type="submit" class="button button-main">
        {t.save}
      </button>
    </form>
  );
}

interface SameAsProps {
  readonly group: ChannelGroup;
  readonly onChoose: (id: ChannelId) => void;
}

function SameAs({ group, onChoose }: SameAsProps) {
  const t = choiceTexts.value;
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly ChannelGroup[]>([]);
  useEffect(() => {
    if (typed.trim() === '') {
      setFound([]);
      return;
    }
    return loadTyped(typed, async (signal) => {
      const query = { q: typed.trim(), category: null, page: 1, page_size: MOST_FOUND };
      setFound((await api.groups(query, signal)).items);
    });
  }, [typed]);
  return (
    <>
      <input
        type="search"
        aria-label={t.sameAs}
        placeholder={t.sameAs}
        title={t.sameAsHint(group.name)}
        value={typed}
        onInput={({ currentTarget: { value } }) => setTyped(value)}
      />
      <ul aria-label={t.sameAs}>
        {found
          .filter(({ id }) => id !== group.id)
          .map(({ id, name, variants: [best] }) => (
            <li key={id}>
              <button
                type="button"
                class="guide-candidate"
                aria-label={t.makeSame(name)}
                onClick={() => onChoose(id)}
              >
                <strong>{name}</strong>
                <span class="guide-candidate-now">{best?.name}</span>
              </button>
            </li>
          ))}
      </ul>
    </>
  );
}

interface EntriesProps {
  readonly variants: readonly Variant[];
  readonly onTakeOut: (variant: Variant) => void;
}

function Entries({ variants, onTakeOut }: EntriesProps) {
  const t = choiceTexts.value;
  return (
    <>
      <h3>{t.entries}</h3>
      <ul class="choice-entries">
        {variants.map((variant) => (
          <li key={variant.id}>
            <span>{variant.name}</span>
            <button
              type="button"
              class="button button-plain"
              aria-label={t.takeOutOf(variant.name)}
              onClick={() => onTakeOut(variant)}
            >
              {t.takeOut}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
