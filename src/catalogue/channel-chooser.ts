import type { ChannelChoice } from '../domain/channel-choice.ts';
import { AppError } from '../domain/errors.ts';
import type { ChannelId } from '../domain/ids.ts';
import type { ChannelChoices, StoredChoice } from '../store/channel-choices.ts';
import type { StoredChannel } from '../store/channel-moves.ts';
import type { Catalogue } from './catalogue.ts';
import { labelOf } from './channel-title.ts';
import { toChannel } from './find-again.ts';
import { keysOf, parseName } from './names/parse-name.ts';

export interface ChannelChooserOptions {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf' | 'choose'>;
  readonly choices: Pick<ChannelChoices, 'all' | 'put' | 'forget'>;
}

/** What is to be different; what is absent stays as it is. */
export interface ChoiceChange {
  /** Null: as the provider names it. Two channels of one name and country are one. */
  readonly name?: string | null;
  /** Null: as the provider numbers it. */
  readonly number?: number | null;
  readonly isHidden?: boolean;
  /** The channel that it is one with. */
  readonly sameAs?: ChannelId;
  /** Whether it is about this entry of the list alone, and not about all variants of its channel. */
  readonly isAlone?: boolean;
}

/** A channel with what was chosen for it. */
export interface ChosenChannel {
  /** Its name for people. */
  readonly label: string;
  /** Its entries, as the provider named them then; at least one. */
  readonly entries: readonly [StoredChannel, ...StoredChannel[]];
  readonly choice: ChannelChoice;
  readonly isAlone: boolean;
}

const nothing: ChannelChoice = { called: null, number: null, isHidden: false };

/** Chooses names and numbers of channels, which are hidden, and which are one. */
export class ChannelChooser {
  readonly #options: ChannelChooserOptions;
  /** The stored choices by channel, since reading all their names takes some milliseconds. */
  #byChannel: {
    readonly of: readonly StoredChoice[];
    readonly channels: readonly ChoicesOfChannel[];
  } | null = null;

  constructor(options: ChannelChooserOptions) {
    this.#options = options;
  }

  /** All channels for which something was chosen. */
  chosen(): ChosenChannel[] {
    const all = this.#options.choices.all();
    if (this.#byChannel?.of !== all) this.#byChannel = { of: all, channels: byChannel(all) };
    return this.#byChannel.channels.map(([first, ...others]) => ({
      label: first.choice.called?.name ?? labelOf(this.#options, toChannel(first)),
      entries: [first, ...others],
      choice: first.choice,
      isAlone: first.isAlone,
    }));
  }

  /** What was chosen for the channel of an entry; null if nothing was. */
  chosenFor(channelId: ChannelId): ChosenChannel | null {
    const variants = this.#options.catalogue.groupOf(channelId)?.variants ?? [];
    const ids = new Set([channelId, ...variants.map(({ id }) => id)]);
    const isIn = ({ entries }: ChosenChannel) => entries.some((entry) => ids.has(entry.channelId));
    return this.chosen().find(isIn) ?? null;
  }

  /** The name for people of the channel of an entry, listed or hidden; empty for an unknown one. */
  labelOf(channelId: ChannelId): string {
    const { catalogue } = this.#options;
    return catalogue.groupOf(channelId)?.label ?? this.chosenFor(channelId)?.label ?? '';
  }

  /**
   * Changes what is chosen for a channel. Resolves once the list has followed.
   * @throws AppError channel_gone; number_taken (params: number, name) if it is another channel's
   */
  async change(channelId: ChannelId, change: ChoiceChange): Promise<void> {
    const { choices, catalogue } = this.#options;
    const entries = this.#entriesOf(channelId, change.isAlone ?? false);
    const known = new Map(choices.all().map((stored) => [stored.channelId, stored]));
    const ofChannel = entries.flatMap((entry) => known.get(entry.channelId) ?? []);
    const usual = ofChannel.find(({ isAlone }) => !isAlone)?.choice ?? nothing;
    const patch = this.#patchOf(channelId, change);
    if (patch.number != null) this.#checkNumber(patch.number, entries, change.sameAs);
    choices.put(
      entries.map((entry) => {
        const own = known.get(entry.channelId);
        const choice = { ...(own?.choice ?? usual), ...patch };
        return { ...entry, choice, isAlone: change.isAlone ?? own?.isAlone ?? false };
      }),
    );
    await catalogue.choose();
  }

  /** Forgets all that was chosen for the channel of an entry. Resolves once the list has followed. */
  async forget(channelId: ChannelId): Promise<void> {
    const { choices, catalogue } = this.#options;
    const entries = this.chosenFor(channelId)?.entries ?? [];
    choices.forget(entries.map((entry) => entry.channelId));
    await catalogue.choose();
  }

  /** The entries of the list, or those that were hidden. @throws AppError channel_gone */
  #entriesOf(channelId: ChannelId, isAlone: boolean): StoredChannel[] {
    const { catalogue } = this.#options;
    const channel = catalogue.snapshot().byId.get(channelId);
    const variants = channel ? (catalogue.groupOf(channelId)?.variants ?? []) : [];
    const listed = isAlone ? variants.filter(({ id }) => id === channelId) : variants;
    const entries = listed.map(({ id, name }) => ({ channelId: id, channelName: name }));
    const hidden = this.chosenFor(channelId)?.entries ?? [];
    const all = entries.length > 0 ? entries : hidden;
    if (all.length === 0) throw new AppError('channel_gone');
    return all.map(({ channelId: id, channelName }) => ({ channelId: id, channelName }));
  }

  #patchOf(channelId: ChannelId, { name, number, isHidden, sameAs }: ChoiceChange): Partial<ChannelChoice> {
    const { catalogue } = this.#options;
    const patch: { -readonly [Key in keyof ChannelChoice]?: ChannelChoice[Key] } = {};
    if (name !== undefined) {
      const known = catalogue.groupOf(channelId) ?? this.chosenFor(channelId)?.choice.called;
      const country = known?.country ?? null;
      patch.called = name === null ? null : { name, country };
    }
    if (number !== undefined) patch.number = number;
    if (isHidden !== undefined) patch.isHidden = isHidden;
    if (sameAs === undefined) return patch;
    const target = catalogue.groupOf(sameAs);
    if (!target) throw new AppError('channel_gone');
    const numbered = this.chosenFor(target.variants[0].id)?.choice.number ?? null;
    return { ...patch, called: { name: target.name, country: target.country }, number: numbered };
  }

  /** @throws AppError number_taken */
  #checkNumber(number: number, entries: readonly StoredChannel[], sameAs: ChannelId | undefined): void {
    if (sameAs !== undefined) return;
    const own = new Set(entries.map(({ channelId }) => channelId));
    const holder = this.chosen().find(
      (each) => each.choice.number === number && !each.entries.some(({ channelId }) => own.has(channelId)),
    );
    if (holder) throw new AppError('number_taken', { number, name: holder.label });
  }
}

type ChoicesOfChannel = readonly [StoredChoice, ...StoredChoice[]];

function byChannel(all: readonly StoredChoice[]): readonly ChoicesOfChannel[] {
  const channels = new Map<string, [StoredChoice, ...StoredChoice[]]>();
  for (const stored of all) {
    const identity = identityOf(stored);
    const known = channels.get(identity);
    if (known) known.push(stored);
    else channels.set(identity, [stored]);
  }
  return [...channels.values()];
}

/** Entries of one channel have the same. */
function identityOf({ channelName, choice: { called } }: StoredChoice): string {
  const { key, country } = called
    ? { key: keysOf(called.name).key, country: called.country }
    : parseName(channelName);
  return `${key} ${country ?? ''}`;
}
