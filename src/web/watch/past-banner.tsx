import { ChannelLogo } from '../common/channel-logo.tsx';
import { status } from '../common/events.ts';
import { clockTime, duration } from '../common/format.ts';
import { locale, texts } from '../common/language.ts';
import { screenName } from '../common/screens.ts';
import { pastTexts } from './past-texts.ts';
import type { Player } from './player.ts';
import { behindLive, shownProgramme } from './rewind.ts';

/** What was on at the moment of the past that is shown, and what is on live meanwhile. */
export function PastBanner({ player }: { readonly player: Player }) {
  const t = texts.value;
  const shown = shownProgramme(player);
  const behind = behindLive(player);
  const moment = player.moment.value;
  return (
    <>
      {shown && <ChannelLogo name={shown.channelLabel} logo={`/api/logo/${shown.channelId}`} />}
      <div class="banner-text" key={shown?.channelId ?? 'nothing'}>
        {screenName.value !== null && <p class="banner-screen">{screenName.value}</p>}
        <h1>{shown?.channelLabel ?? pastTexts.value.nothingThen}</h1>
        {shown?.title != null && <p class="banner-programme">{shown.title}</p>}
        {behind !== null && moment !== null && (
          <p class="banner-next banner-past">
            <span>{clockTime(new Date(moment).toISOString(), locale.value)}</span>
            {t.behindLive(duration(behind, t.units))}
          </p>
        )}
        <LiveNow />
      </div>
    </>
  );
}

function LiveNow() {
  const current = status.value;
  if (current === null) return null;
  const { channel_label: channel, programme } = current;
  const what = [channel ?? texts.value.nothingOnAir, ...(programme ? [programme.title] : [])].join(' · ');
  return (
    <p class="banner-next banner-live-now">
      <span>{pastTexts.value.liveNow}</span> {what}
    </p>
  );
}
