import { AudioMenu } from '../common/audio-menu.tsx';
import { ChannelLogo } from '../common/channel-logo.tsx';
import { now } from '../common/clock.ts';
import type { Status } from '../common/contract.ts';
import { status } from '../common/events.ts';
import { bitrate, clockTime, duration } from '../common/format.ts';
import { EyeIcon, RestartIcon, StopIcon, WarningIcon } from '../common/icons.tsx';
import { language, texts } from '../common/language.ts';
import { ProgrammeBar } from '../common/programme-bar.tsx';
import {
  chooseAudio,
  pendingChannel,
  restartBroadcast,
  restarting,
  stopBroadcast,
  stopping,
} from './broadcast.ts';
import { FavouriteStar } from './favourite-star.tsx';
import { may } from './session.ts';
import { ViewerPlot } from './viewer-plot.tsx';

/** What everybody sees just now, how it fares, and the buttons that end it or open it anew. */
export function OnAirCard() {
  const t = texts.value;
  const current = status.value;
  if (current === null) return <section class="on-air" aria-busy="true" />;
  const off = current.channel_id === null;
  const idle = off && pendingChannel.value === null && current.state === 'idle';
  return (
    <section class={`on-air ${off ? 'on-air-off' : ''}`} aria-label={t.onAir}>
      <div class="on-air-main">
        {off ? (
          <span class="on-air-card" aria-hidden="true" />
        ) : (
          <ChannelLogo name={current.channel_name ?? ''} logo={`/api/logo/${current.channel_id}`} />
        )}
        <div class="on-air-text">
          <Lamp status={current} />
          <div class="on-air-title">
            <h1>{current.channel_name ?? t.nothingOnAir}</h1>
            {current.channel_id !== null && (
              <FavouriteStar id={current.channel_id} name={current.channel_name ?? ''} />
            )}
          </div>
          {idle && <p class="on-air-hint">{t.nothingOnAirHint}</p>}
          <Programmes status={current} />
        </div>
        <Buttons idle={idle} off={off} />
      </div>
      <Facts status={current} />
      <Notice status={current} />
    </section>
  );
}

function Buttons({ idle, off }: { readonly idle: boolean; readonly off: boolean }) {
  const t = texts.value;
  return (
    <div class="on-air-buttons">
      <button
        type="button"
        class="button button-stop"
        disabled={idle || stopping.value}
        onClick={() => void stopBroadcast()}
      >
        {stopping.value ? <span class="spinner" aria-hidden="true" /> : <StopIcon size={18} />}
        {stopping.value ? t.stopping : t.stop}
      </button>
      {may('restart') && (
        <button
          type="button"
          class="button button-plain"
          disabled={off || restarting.value || pendingChannel.value !== null}
          title={t.restartHint}
          onClick={() => void restartBroadcast()}
        >
          {restarting.value ? <span class="spinner" aria-hidden="true" /> : <RestartIcon size={18} />}
          {t.restart}
        </button>
      )}
    </div>
  );
}

/** The state in a word, with what is being waited for: kept to one line, so that the list below never moves. */
function Lamp({ status: current }: { readonly status: Status }) {
  const t = texts.value;
  const { state, wanted, attempt } = current;
  return (
    <p class={`lamp lamp-${state}`} role="status">
      <span class="lamp-light" aria-hidden="true" />
      <span>{t.states[state]}</span>
      {wanted && <strong>→ {wanted.name}</strong>}
      {state === 'recovering' && attempt && (
        <strong>
          {attempt.number}/{attempt.of}
        </strong>
      )}
    </p>
  );
}

function Programmes({ status: { programme, next } }: { readonly status: Status }) {
  return (
    <>
      {programme && (
        <div class="on-air-programme">
          <p>{programme.title}</p>
          <ProgrammeBar programme={programme} />
        </div>
      )}
      {next && (
        <p class="on-air-next">
          <span>{texts.value.nextAt(clockTime(next.start, language.value))}</span> {next.title}
        </p>
      )}
    </>
  );
}

function Facts({ status: current }: { readonly status: Status }) {
  const t = texts.value;
  const { operators } = current;
  const on = current.channel_id !== null;
  const facts = [
    on &&
      current.started_at !== null &&
      t.since(duration(now.value - Date.parse(current.started_at), t.units)),
    on &&
      current.asked_by !== null &&
      (current.asked_by === 'console' ? t.askedHere : t.askedBy(current.asked_by)),
    current.quality,
    current.bitrate !== null && bitrate(current.bitrate, language.value),
    operators && slotsUsed(operators.slots),
    current.restarts > 0 && restartsAndWhy(current),
  ].filter((fact) => fact !== false && fact !== null);
  return (
    <ul class="facts">
      <li class="facts-viewers">
        <EyeIcon size={17} />
        {t.viewers(current.viewers)}
        {operators && <ViewerPlot counts={operators.viewer_history} />}
      </li>
      {may('audio') && current.audio_tracks.length > 1 && (
        <li>
          <AudioMenu onChoose={chooseAudio} />
        </li>
      )}
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function slotsUsed({ capacity, used_for: channels }: NonNullable<Status['operators']>['slots']): string {
  const used = texts.value.connections(channels.length, capacity);
  return channels.length === 0 ? used : `${used} (${channels.join(', ')})`;
}

function restartsAndWhy({ restarts, operators }: Status): string {
  const t = texts.value;
  const failure = operators?.last_failure;
  if (!failure) return t.restarts(restarts);
  return `${t.restarts(restarts)} · ${clockTime(failure.at, language.value)} ${failure.message}`;
}

/** Why something is not as it should be. */
function Notice({ status: { reason } }: { readonly status: Status }) {
  return (
    <div role="status">
      {reason && (
        <p class="notice-line">
          <WarningIcon size={18} />
          {reason.message}
        </p>
      )}
    </div>
  );
}
