import { signal } from '@preact/signals';
import { ChannelLogo } from '../common/channel-logo.tsx';
import { minute } from '../common/clock.ts';
import type { ChannelGroup, ChannelId, Variant } from '../common/contract/channels.ts';
import { status } from '../common/events.ts';
import { clockTime, progress } from '../common/format.ts';
import { guide } from '../common/guide.ts';
import { AntennaIcon, LinkIcon } from '../common/icons.tsx';
import { locale, texts } from '../common/language.ts';
import { nowNext } from '../common/now-next.ts';
import { broadcast, pendingChannel } from './broadcast.ts';
import { ChoiceButton } from './choice-dialog.tsx';
import { dragProps } from './dragged.ts';
import { FavouriteStar } from './favourite-star.tsx';
import { GuideButton } from './guide-match.tsx';
import { copyLink } from './private-link.ts';

/** The variant chosen in each channel's menu, by the channel's id. */
const chosen = signal<ReadonlyMap<ChannelId, ChannelId>>(new Map());

interface RowProps {
  readonly group: ChannelGroup;
  /** The index in a list of `count` channels. */
  readonly index: number;
  readonly count: number;
  /** The distance from the top of the list, as a CSS length. */
  readonly top: string;
}

/** One channel with its programmes and buttons. */
export function ChannelRow({ group, index, count, top }: RowProps) {
  const { variants, name } = group;
  const onAirId = status.value?.channel_id;
  const onAir = variants.find(({ id }) => id === onAirId);
  const wanted = chosen.value.get(group.id) ?? onAir?.id ?? group.id;
  const variant = variants.find(({ id }) => id === wanted) ?? variants[0];
  if (!variant) return null;
  const pending = variants.some(({ id }) => id === pendingChannel.value);
  return (
    <li
      class={`channel ${onAir ? 'channel-on-air' : ''}`}
      style={{ top }}
      aria-setsize={count}
      aria-posinset={index + 1}
      {...dragProps({ id: variant.id, name })}
    >
      <span class="channel-number">{group.number ?? ''}</span>
      <ChannelLogo name={name} logo={group.logo} />
      <p class="channel-name" title={variant.name}>
        {name}
      </p>
      <NowAndNext id={group.guide_id} />
      <Qualities group={group} variant={variant} />
      <span class="channel-tools">
        <FavouriteStar id={variant.id} variants={variants.map(({ id }) => id)} name={name} />
        <GuideButton group={group} />
        <ChoiceButton group={group} />
        <button
          type="button"
          class="icon-button"
          aria-label={texts.value.linkTo(name)}
          title={texts.value.linkTo(name)}
          onClick={() => void copyLink({ id: variant.id, name })}
        >
          <LinkIcon size={19} />
        </button>
      </span>
      {onAir?.id === variant.id && !pending ? (
        <OnAirMark />
      ) : (
        <BroadcastButton id={variant.id} name={name} pending={pending} />
      )}
    </li>
  );
}

/** The placeholder of a row that is not loaded yet. @param top null to place it in the normal flow */
export function RowSkeleton({ top }: { readonly top: string | null }) {
  return (
    <li
      class={`channel channel-skeleton ${top === null ? 'channel-in-flow' : ''}`}
      style={top === null ? {} : { top }}
      aria-hidden="true"
    >
      <span class="channel-number" />
      <span class="logo" />
      <span class="channel-line" />
    </li>
  );
}

/** The current programme, with its progress as the row's lower edge, and the next one where there is room. */
function NowAndNext({ id }: { readonly id: ChannelId }) {
  const { now, next } = nowNext(guide.programmes.value.get(id) ?? [], minute.value);
  const done = now && progress(now, minute.value);
  return (
    <>
      {now && (
        <p class="channel-now" title={now.description || now.title}>
          {now.title}
        </p>
      )}
      {next && (
        <p class="channel-next" title={next.title}>
          <time datetime={next.start}>{clockTime(next.start, locale.value)}</time> {next.title}
        </p>
      )}
      {done !== null && (
        <progress
          class="edge"
          max={100}
          value={Math.round(done * 100)}
          aria-label={texts.value.programmeProgress}
        />
      )}
    </>
  );
}

/** The menu of the channel's variants; a label if there is only one. */
function Qualities({ group, variant }: { readonly group: ChannelGroup; readonly variant: Variant }) {
  const { id, name, variants } = group;
  if (variants.length === 1) {
    const label = variantLabel(variant);
    return label === '' ? null : <span class="channel-quality">{label}</span>;
  }
  return (
    <select
      class="channel-qualities"
      aria-label={texts.value.qualityOf(name)}
      value={variant.id}
      onChange={({ currentTarget }) => {
        const picked = variants.find((one) => String(one.id) === currentTarget.value);
        if (picked) chosen.value = new Map(chosen.value).set(id, picked.id);
      }}
    >
      {variants.map((one, place) => (
        <option key={one.id} value={one.id} title={one.name}>
          {menuLabel(variants, place)}
        </option>
      ))}
    </select>
  );
}

/** A variant's label in the menu; variants with equal labels get a number. */
function menuLabel(variants: readonly Variant[], place: number): string {
  const labels = variants.map((variant) => variantLabel(variant) || texts.value.usualQuality);
  const label = labels[place] ?? '';
  const before = labels.slice(0, place).filter((other) => other === label).length;
  return before === 0 ? label : `${label} ${before + 1}`;
}

/** A variant's quality, codec and kind, such as `UHD HEVC` or `HD backup`; empty if its name contains none. */
function variantLabel({ quality, codec, kind }: Variant): string {
  const words = [quality, codec === 'H264' ? null : codec, kind === 'backup' ? texts.value.backup : null];
  return words.filter((word) => word !== null).join(' ');
}

function OnAirMark() {
  return (
    <span class="lamp lamp-live">
      <span class="lamp-light" aria-hidden="true" />
      {texts.value.onAirNow}
    </span>
  );
}

interface ButtonProps {
  readonly id: ChannelId;
  readonly name: string;
  readonly pending: boolean;
}

function BroadcastButton({ id, name, pending }: ButtonProps) {
  const t = texts.value;
  return (
    <button
      type="button"
      data-arrow-start
      class={`button channel-button ${pending ? 'channel-button-pending' : ''}`}
      aria-label={pending ? `${t.connecting} ${name}` : t.broadcastChannel(name)}
      aria-busy={pending}
      onClick={() => {
        if (!pending) void broadcast({ id, name });
      }}
    >
      {pending ? <span class="spinner" aria-hidden="true" /> : <AntennaIcon size={19} />}
      <span class="channel-button-text">{pending ? t.connecting : t.broadcast}</span>
    </button>
  );
}
