import { ChannelLogo } from '../common/channel-logo.tsx';
import type { Channel } from '../common/contract.ts';
import { status } from '../common/events.ts';
import { AntennaIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { broadcast, pendingChannel } from './broadcast.ts';

export function ChannelRow({ channel }: { readonly channel: Channel }) {
  const pending = pendingChannel.value === channel.id;
  const onAir = status.value?.channel_id === channel.id;
  return (
    <li class={`channel ${onAir ? 'channel-on-air' : ''}`}>
      <span class="channel-number">{channel.number ?? ''}</span>
      <ChannelLogo name={channel.name} logo={channel.logo} />
      <span class="channel-name" title={channel.name}>
        {channel.name}
      </span>
      {onAir && !pending ? <OnAirMark /> : <BroadcastButton channel={channel} pending={pending} />}
    </li>
  );
}

function OnAirMark() {
  return (
    <span class="lamp lamp-live">
      <span class="lamp-light" aria-hidden="true" />
      {texts.value.onAirNow}
    </span>
  );
}

function BroadcastButton({ channel, pending }: { readonly channel: Channel; readonly pending: boolean }) {
  const t = texts.value;
  return (
    <button
      type="button"
      class={`button channel-button ${pending ? 'channel-button-pending' : ''}`}
      aria-label={pending ? t.switchingTo(channel.name) : t.broadcastChannel(channel.name)}
      aria-busy={pending}
      onClick={() => {
        if (!pending) void broadcast(channel);
      }}
    >
      {pending ? <span class="spinner" aria-hidden="true" /> : <AntennaIcon size={19} />}
      <span class="channel-button-text">{pending ? t.connecting : t.broadcast}</span>
    </button>
  );
}
