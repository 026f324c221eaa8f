import { ChannelLogo } from '../common/channel-logo.tsx';
import type { Programme } from '../common/contract/guide.ts';
import type { Status } from '../common/contract/screens.ts';
import { status } from '../common/events.ts';
import { bitrate, clockTime } from '../common/format.ts';
import { EyeIcon } from '../common/icons.tsx';
import { language, locale, texts } from '../common/language.ts';
import { pastNote } from '../common/past.ts';
import { ProgrammeBar } from '../common/programme-bar.tsx';
import { screenName } from '../common/screens.ts';
import { announced, awake } from './awake.ts';
import { PastBanner } from './past-banner.tsx';
import type { Player } from './player.ts';

/** The channel's name, its programme with the progress, and the next one, as televisions show them after a change. */
export function Banner({ player }: { readonly player: Player }) {
  const current = status.value;
  if (current === null) return null;
  const shown =
    awake.value || announced.value || current.channel_id === null || player.phase.value === 'paused';
  return (
    <section class={`banner ${shown ? '' : 'asleep'}`} aria-label={texts.value.onAir}>
      {player.inPast.value ? (
        <PastBanner player={player} />
      ) : current.channel_id === null ? (
        <OffAir status={current} />
      ) : (
        <OnAir status={current} />
      )}
      <div class="banner-facts">
        {current.channel_id !== null && !player.inPast.value && <LinkMark status={current} player={player} />}
        <p title={texts.value.viewers(current.viewers)}>
          <EyeIcon size={18} />
          <span aria-hidden="true">{current.viewers.toLocaleString(language.value)}</span>
          <span class="hidden-text">{texts.value.viewers(current.viewers)}</span>
        </p>
      </div>
    </section>
  );
}

/** The picture's height with the connection's quality; the title adds the bit rate and the distance from live. */
function LinkMark({ status: current, player }: { readonly status: Status; readonly player: Player }) {
  const t = texts.value;
  const link = player.link.value;
  // an empty mark keeps the place, so that nothing moves once the link is known
  if (!link || link.height === 0) return <p class="link link-unknown" aria-hidden="true" />;
  const rate = current.bitrate === null ? '' : bitrate(current.bitrate, language.value);
  const behind = t.behind(Math.round(link.behind));
  return (
    <p class={`link link-${link.quality}`} title={`${t.links[link.quality]} · ${rate} · ${behind}`}>
      <span class="link-bars" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{link.height}p</span>
      <span class="hidden-text">
        {t.links[link.quality]}, {rate}, {behind}
      </span>
    </p>
  );
}

function OnAir({ status: current }: { readonly status: Status }) {
  const name = current.channel_label ?? '';
  return (
    <>
      <ChannelLogo name={name} logo={`/api/logo/${current.channel_id}`} />
      <div class="banner-text" key={current.channel_id}>
        <ScreenName />
        <h1>{name}</h1>
        {current.programme && (
          <>
            <p class="banner-programme">{current.programme.title}</p>
            <ProgrammeBar programme={current.programme} />
          </>
        )}
        {pastNote.value !== null && <p class="banner-next banner-past">{pastNote.value}</p>}
        {current.next && <Next programme={current.next} />}
      </div>
    </>
  );
}

function ScreenName() {
  return screenName.value === null ? null : <p class="banner-screen">{screenName.value}</p>;
}

function Next({ programme }: { readonly programme: Programme }) {
  return (
    <p class="banner-next">
      <span>{texts.value.nextAt(clockTime(programme.start, locale.value))}</span> {programme.title}
    </p>
  );
}

function OffAir({ status: current }: { readonly status: Status }) {
  return (
    <div class="banner-text">
      <ScreenName />
      <span class="test-card" aria-hidden="true" />
      {/* the slate says the same in large letters */}
      <h1 class="hidden-text">{texts.value.nothingOnAir}</h1>
      <p class="banner-hint">{current.reason?.message ?? texts.value.slateHint}</p>
    </div>
  );
}
