import { ChannelLogo } from '../common/channel-logo.tsx';
import { minute } from '../common/clock.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import { status } from '../common/events.ts';
import { clockTime, progress } from '../common/format.ts';
import { guide } from '../common/guide.ts';
import { FromStartIcon } from '../common/icons.tsx';
import { locale, texts } from '../common/language.ts';
import { nowNext } from '../common/now-next.ts';
import { isKept } from '../common/past.ts';

interface RemoteChannelProps {
  readonly group: ChannelGroup;
  /** @param from a time of the programme to show from its start; absent for live */
  readonly onChoose: (from?: string) => void;
}

/** One channel of the remote beside the picture, with its current and next programme. */
export function RemoteChannel({ group, onChoose }: RemoteChannelProps) {
  const { channel_id: onAir, wanted } = status.value ?? {};
  const isWanted = group.variants.some(({ id }) => id === wanted?.id);
  const { now, next } = nowNext(guide.programmes.value.get(group.guide_id) ?? [], minute.value);
  const done = now && progress(now, minute.value);
  const again =
    now && isKept(group.archive_days, now.start, minute.value) ? texts.value.fromTheStart(now.title) : null;
  return (
    <li>
      <button
        type="button"
        class="remote-channel"
        aria-current={group.variants.some(({ id }) => id === onAir)}
        onClick={() => onChoose()}
      >
        <span class="remote-number">{group.number ?? ''}</span>
        <ChannelLogo name={group.name} logo={group.logo} />
        <span class="remote-text">
          <span class="remote-name">{group.name}</span>
          {now && <span class="remote-now">{now.title}</span>}
          {next && (
            <span class="remote-next">
              {clockTime(next.start, locale.value)} {next.title}
            </span>
          )}
        </span>
        <span class="hidden-text">{texts.value.broadcast}</span>
        {isWanted && <span class="spinner" aria-hidden="true" />}
        {done !== null && (
          <span class="remote-done" aria-hidden="true" style={{ width: `${Math.round(done * 100)}%` }} />
        )}
      </button>
      {again !== null && (
        <button
          type="button"
          class="remote-again"
          aria-label={again}
          title={again}
          onClick={() => onChoose(now?.start)}
        >
          <FromStartIcon size={18} />
        </button>
      )}
    </li>
  );
}
