import { useEffect } from 'preact/hooks';
import { AudioMenu } from '../common/audio-menu.tsx';
import { onBack } from '../common/back.ts';
import { ChannelLogo } from '../common/channel-logo.tsx';
import { minute } from '../common/clock.ts';
import type { Programme } from '../common/contract/guide.ts';
import type { Status } from '../common/contract/screens.ts';
import { status } from '../common/events.ts';
import { clockTime, progress } from '../common/format.ts';
import {
  EyeIcon,
  FoldIcon,
  LiveIcon,
  PauseIcon,
  PlayIcon,
  RestartIcon,
  StopIcon,
  UnfoldIcon,
  WarningIcon,
} from '../common/icons.tsx';
import { locale, texts } from '../common/language.ts';
import { behind, pastNote, pauseNote } from '../common/past.ts';
import { PictureTrouble } from '../common/picture-trouble.tsx';
import { ProgrammeBar } from '../common/programme-bar.tsx';
import { screenHere } from '../common/screens.ts';
import { may } from '../common/session.ts';
import { Addresses } from './addresses.tsx';
import {
  broadcast,
  chooseAudio,
  goOn,
  pauseForAll,
  pendingChannel,
  restartBroadcast,
  restarting,
  stopBroadcast,
  stopping,
} from './broadcast.ts';
import { foldCard, isCardOpen, toggleCard } from './card-fold.ts';
import { dragProps } from './dragged.ts';
import { FavouriteStar } from './favourite-star.tsx';
import { MoveMenu } from './move-menu.tsx';
import { OnAirFacts } from './on-air-facts.tsx';
import { useWide } from './wide.ts';

/** The channel on air in one line that stays in view; unfolded also with facts about the broadcast. */
export function OnAirCard() {
  useEffect(() => onBack(foldCard), []);
  const isWide = useWide();
  const t = texts.value;
  const current = status.value;
  if (current === null) return <section class="on-air" aria-busy="true" />;
  const isOpen = isCardOpen.value;
  const off = current.channel_id === null;
  return (
    <>
      <section
        class={`on-air ${isOpen ? 'on-air-open' : ''}`}
        aria-label={t.onAir}
        {...dragProps(draggedOf(current))}
      >
        <div class="on-air-main">
          {off ? (
            <span class="on-air-card" aria-hidden="true" />
          ) : (
            <ChannelLogo name={current.channel_label ?? ''} logo={`/api/logo/${current.channel_id}`} />
          )}
          <div class="on-air-text">
            <Title status={current} />
            <Lines status={current} />
          </div>
          <p class="on-air-viewers" title={t.viewers(current.viewers)}>
            <EyeIcon size={17} />
            <span aria-hidden="true">{current.viewers}</span>
            <span class="hidden-text">{t.viewers(current.viewers)}</span>
          </p>
          {may('audio') && <AudioMenu onChoose={chooseAudio} />}
          <Buttons status={current} />
          <button
            type="button"
            class="icon-button on-air-fold"
            aria-expanded={isOpen}
            aria-label={t.details}
            title={t.details}
            onClick={toggleCard}
          >
            {isOpen ? <FoldIcon /> : <UnfoldIcon />}
          </button>
        </div>
        {isOpen && <OnAirFacts status={current} />}
        {isOpen && !isWide && <Addresses />}
        {!isOpen && <Edge programme={current.programme} />}
      </section>
      {may('play') && <PictureTrouble onChoose={(channel) => void broadcast(channel)} />}
      <Notice status={current} />
    </>
  );
}

function draggedOf({ channel_id: onAir, channel_label: name, stands_in_for: standIn }: Status) {
  const id = standIn?.id ?? onAir;
  return id === null ? null : { id, name: name ?? '', from: screenHere.value };
}

function Title({ status: current }: { readonly status: Status }) {
  const name = current.channel_label;
  return (
    <div class="on-air-title">
      <h1>{name ?? texts.value.nothingOnAir}</h1>
      {current.channel_id !== null && name !== null && (
        <>
          {current.quality && <span class="quality">{current.quality}</span>}
          <FavouriteStar id={current.stands_in_for?.id ?? current.channel_id} name={name} />
        </>
      )}
    </div>
  );
}

/** The state, the channel, and its current and next programme. */
function Lines({ status: current }: { readonly status: Status }) {
  const t = texts.value;
  const { programme, next, channel_id: channel, state } = current;
  const idle = channel === null && pendingChannel.value === null && state === 'idle';
  return (
    <>
      <div class="on-air-line">
        <Lamp status={current} />
        {idle && <p class="on-air-hint">{t.nothingOnAirHint}</p>}
        {programme && <p class="on-air-programme">{programme.title}</p>}
        {next && (
          <p class="on-air-next">
            <span>{t.nextAt(clockTime(next.start, locale.value))}</span> {next.title}
          </p>
        )}
      </div>
      {programme && isCardOpen.value && <ProgrammeBar programme={programme} />}
    </>
  );
}

/** The programme's progress, as the card's lower edge. */
function Edge({ programme }: { readonly programme: Programme | null }) {
  const done = programme && progress(programme, minute.value - behind.value);
  if (done === null) return null;
  return (
    <progress
      class="edge"
      max={100}
      value={Math.round(done * 100)}
      aria-label={texts.value.programmeProgress}
    />
  );
}

/** The buttons of the card, shown while there is something to stop. */
function Buttons({ status: current }: { readonly status: Status }) {
  const t = texts.value;
  const { channel_id: channel, state } = current;
  const off = channel === null;
  if (off && pendingChannel.value === null && state === 'idle') return null;
  return (
    <div class="on-air-buttons">
      {current.past && may('stop') && <PauseButton paused={current.past.paused !== null} />}
      {current.past && may('play') && <BackToLive status={current} />}
      {!off && may('play') && <MoveMenu />}
      {!off && may('restart') && (
        <button
          type="button"
          class="button button-plain"
          aria-label={t.restart}
          disabled={restarting.value || pendingChannel.value !== null}
          title={t.restartHint}
          onClick={() => void restartBroadcast()}
        >
          {restarting.value ? <span class="spinner" aria-hidden="true" /> : <RestartIcon size={18} />}
          <span class="button-text">{t.restart}</span>
        </button>
      )}
      <button
        type="button"
        class="button button-stop"
        aria-label={stopping.value ? t.stopping : t.stop}
        disabled={stopping.value}
        onClick={() => void stopBroadcast()}
      >
        {stopping.value ? <span class="spinner" aria-hidden="true" /> : <StopIcon size={18} />}
        <span class="button-text">{stopping.value ? t.stopping : t.stop}</span>
      </button>
    </div>
  );
}

/** Lets the picture stand still for everybody, or go on. */
function PauseButton({ paused }: { readonly paused: boolean }) {
  const t = texts.value;
  const label = paused ? t.goOn : t.pause;
  return (
    <button
      type="button"
      class="button button-plain"
      aria-label={label}
      title={label}
      disabled={pendingChannel.value !== null}
      onClick={() => void (paused ? goOn() : pauseForAll())}
    >
      {paused ? <PlayIcon size={18} /> : <PauseIcon size={18} />}
      <span class="button-text">{paused ? t.goOn : t.pauseWord}</span>
    </button>
  );
}

/** Leaves the programme of the past for what its channel shows now. */
function BackToLive({
  status: { channel_id: onAir, channel_label: label, stands_in_for: standIn },
}: LiveProps) {
  const t = texts.value;
  const id = standIn?.id ?? onAir;
  if (id === null) return null;
  return (
    <button
      type="button"
      class="button button-live"
      aria-label={t.backToLive}
      title={t.backToLive}
      disabled={pendingChannel.value !== null}
      onClick={() => void broadcast({ id, name: label ?? '' })}
    >
      <LiveIcon size={18} />
      <span class="button-text">{t.backToLive}</span>
    </button>
  );
}

interface LiveProps {
  readonly status: Status;
}

/** The state in a word, or how far behind live it is, with the awaited channel: kept to one line, so that the list below never moves. */
function Lamp({ status: current }: { readonly status: Status }) {
  const t = texts.value;
  const { state, wanted, attempt } = current;
  const note = pauseNote.value ?? (state === 'live' ? pastNote.value : null);
  return (
    <p class={`lamp lamp-${note === null ? state : 'past'}`} role="status">
      <span class="lamp-light" aria-hidden="true" />
      <span class="lamp-word">{note ?? t.states[state]}</span>
      {wanted && <strong>→ {wanted.label}</strong>}
      {state === 'recovering' && attempt && <strong>{attempt.number}</strong>}
    </p>
  );
}

/** The broadcast's latest problem, or the channel that the variant on air stands in for. */
function Notice({ status: { reason, stands_in_for: standIn } }: { readonly status: Status }) {
  const message = reason?.message ?? standIn?.message;
  return (
    <div role="status">
      {message && (
        <p class="notice-line">
          <WarningIcon size={18} />
          {message}
        </p>
      )}
    </div>
  );
}
