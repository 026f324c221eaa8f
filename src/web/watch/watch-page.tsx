import { effect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ChannelId } from '../common/contract/channels.ts';
import { status } from '../common/events.ts';
import { language, texts } from '../common/language.ts';
import { NumberDisplay } from '../common/number-display.tsx';
import { QuestionDialog } from '../common/question-dialog.tsx';
import { screenHere } from '../common/screens.ts';
import { announce, awake, followActivity } from './awake.ts';
import { Banner } from './banner.tsx';
import { Centre } from './centre.tsx';
import { ClipPanel } from './clip-panel.tsx';
import { Controls } from './controls.tsx';
import { isEmbedded } from './embed.ts';
import { Help } from './help.tsx';
import type { HotkeyAction } from './hotkeys.ts';
import { followKeyboard } from './keyboard.ts';
import { obeySystem, showOnSystem } from './media-session.ts';
import { Notices } from './notices.tsx';
import { closePanel, panel, statsOpen, togglePanel, toggleStats } from './panels.ts';
import { Player } from './player.ts';
import { ReactionLayer } from './reaction-layer.tsx';
import { followReactions, togglePalette } from './reactions.ts';
import { Remote } from './remote.tsx';
import { followRemote } from './remote-keys.ts';
import { canRewind, followPast, fromStart, skip, takeAskedMoment } from './rewind.ts';
import { ScreensPanel } from './screens-panel.tsx';
import { Share } from './share.tsx';
import { Stats } from './stats.tsx';
import { Timeline } from './timeline.tsx';
import { keepScreenOn } from './wake-lock.ts';

/** The whole player page. It is mounted once and never unmounted, so its listeners are never removed. */
export function WatchPage() {
  const video = useRef<HTMLVideoElement>(null);
  const freeze = useRef<HTMLCanvasElement>(null);
  const screen = useRef<HTMLElement>(null);
  const controller = useRef<HTMLElement>(null);
  const [player, setPlayer] = useState<Player | null>(null);

  useEffect(() => {
    if (!video.current || !freeze.current || !controller.current || !screen.current) return;
    const options = { screen: screenHere.peek(), keepsPast: () => canRewind.peek() };
    const made = new Player(video.current, freeze.current, options);
    follow(made, video.current, controller.current);
    followActivity(video.current);
    setPlayer(made);
    void takeAskedMoment().then((moment) => made.start(moment));
  }, []);

  return (
    <main
      id="screen"
      class={`screen ${awake.value ? '' : 'screen-asleep'} ${isEmbedded ? 'screen-embedded' : ''}`}
      ref={screen}
    >
      <media-controller
        ref={controller}
        lang={language.value}
        defaultstreamtype="live"
        autohide="-1"
        fullscreenelement="screen"
        liveedgeoffset="9"
        seektoliveoffset="3"
        noautoseektolive
        nohotkeys
        nomutedpref
        novolumepref
      >
        {/* biome-ignore lint/a11y/useMediaCaption: a live channel brings no caption track of its own */}
        <video ref={video} slot="media" playsinline />
        {player && !isEmbedded && <Timeline player={player} />}
        <Controls player={player} />
      </media-controller>
      <canvas class="freeze" ref={freeze} hidden />
      <div class="shade" aria-hidden="true" />
      <ReactionLayer />
      {player && (
        <>
          <Notices player={player} />
          <Centre player={player} video={video.current} />
          <Banner player={player} />
        </>
      )}
      {player && statsOpen.value && <Stats player={player} />}
      {panel.value === 'remote' && <Remote />}
      {panel.value === 'share' && <Share player={player} />}
      {player && panel.value === 'clip' && <ClipPanel player={player} />}
      {panel.value === 'screens' && <ScreensPanel />}
      <Help open={panel.value === 'help'} onClose={() => closePanel('help')} />
      <QuestionDialog />
      <NumberDisplay />
    </main>
  );
}

function follow(player: Player, video: HTMLVideoElement, controller: HTMLElement): void {
  let channel: ChannelId | null | undefined;
  effect(() => {
    player.tune(screenHere.value);
    channel = undefined;
  });
  effect(() => {
    const current = status.value;
    player.setFirstSegment(current?.first_segment ?? null);
    showOnSystem(current, texts.value.nothingOnAir);
    document.title = `${current?.channel_label ?? texts.value.watchTitle} · Zapette`;
    if (current && current.channel_id !== channel) {
      channel = current.channel_id;
      announce();
    }
  });
  effect(() => {
    document.documentElement.lang = language.value;
  });
  effect(() => {
    controller.toggleAttribute('userinactive', !awake.value);
  });
  obeySystem(player);
  followPast(player);
  followReactions();
  keepScreenOn(video);
  followRemote();
  followKeyboard((action) => act(action, player, controller));
  video.addEventListener('dblclick', () => press(controller, 'media-fullscreen-button'));
}

function act(action: HotkeyAction, player: Player, controller: HTMLElement): void {
  const actions: Readonly<Record<HotkeyAction, () => void>> = {
    'toggle-play': () => player.togglePlay(),
    'toggle-mute': () => player.toggleMute(),
    'volume-up': () => player.changeVolume(1),
    'volume-down': () => player.changeVolume(-1),
    'toggle-fullscreen': () => press(controller, 'media-fullscreen-button'),
    'toggle-pip': () => press(controller, 'media-pip-button'),
    live: () => {
      if (player.inPast.peek()) player.goLive();
      else press(controller, 'media-live-button');
    },
    back: () => skip(player, -30),
    forward: () => skip(player, 30),
    'from-start': () => fromStart(player),
    help: () => togglePanel('help'),
    remote: () => togglePanel('remote'),
    stats: toggleStats,
    share: () => togglePanel('share'),
    clip: () => togglePanel('clip'),
    screens: () => togglePanel('screens'),
    reactions: togglePalette,
  };
  actions[action]();
}

/** Clicks a media-chrome button, which handles the browsers' differences. */
function press(controller: HTMLElement, button: string): void {
  controller.querySelector<HTMLElement>(button)?.click();
}
