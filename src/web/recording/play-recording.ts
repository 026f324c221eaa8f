import workerPath from 'hls.js/dist/hls.worker.js?url';
import Hls, { ErrorTypes } from 'hls.js/light';
import { recall, remember } from '../common/browser-memory.ts';
import { loadPolicy } from '../watch/load-policy.ts';
import { id, type Recorded } from './recorded.ts';

/** Seconds that are loaded ahead, and kept behind for those who go back a little. */
const BUFFERS = { maxBufferLength: 30, backBufferLength: 60 };
/** Tries of each request, since nothing else asks again. */
const RETRIES = 20;
/** Seconds between two notes of the place. */
const NOTE_EVERY = 5;
/** Seconds before the end from which a recording counts as seen. */
const SEEN = 60;

interface Events {
  readonly onUndecodable: () => void;
}

/**
 * Plays a recording, from where this browser has left it.
 * @returns what ends it.
 */
export function playRecording(video: HTMLVideoElement, recorded: Recorded, events: Events): () => void {
  const { playlist, url } = recorded;
  const listening = new AbortController();
  const { signal } = listening;
  keepPlace(video, signal);
  if (playlist === null || !Hls.isSupported()) {
    video.addEventListener('error', events.onUndecodable, { signal });
    video.src = playlist ?? url ?? '';
    video.currentTime = placeOf();
    return () => listening.abort();
  }
  const policy = { default: loadPolicy(RETRIES) };
  const hls = new Hls({
    ...BUFFERS,
    workerPath,
    startPosition: placeOf(),
    fragLoadPolicy: policy,
    manifestLoadPolicy: policy,
    playlistLoadPolicy: policy,
  });
  let isRecovered = false;
  hls.on(Hls.Events.ERROR, (_, { fatal, type }) => {
    if (!fatal) return;
    if (type === ErrorTypes.MEDIA_ERROR && !isRecovered) {
      isRecovered = true;
      hls.recoverMediaError();
    } else events.onUndecodable();
  });
  hls.loadSource(playlist);
  hls.attachMedia(video);
  return () => {
    listening.abort();
    hls.destroy();
  };
}

const key = `recording ${id}`;

/** Seconds from the beginning; a place in the address comes first: `?t=90`. */
function placeOf(): number {
  const asked = new URLSearchParams(location.search).get('t');
  const place = Number(asked ?? recall(key) ?? 0);
  return Number.isFinite(place) && place > 0 ? place : 0;
}

function keepPlace(video: HTMLVideoElement, signal: AbortSignal): void {
  let noted = 0;
  video.addEventListener(
    'timeupdate',
    () => {
      const { currentTime, duration } = video;
      if (Math.abs(currentTime - noted) < NOTE_EVERY) return;
      noted = currentTime;
      remember(key, duration - currentTime < SEEN ? null : String(Math.floor(currentTime)));
    },
    { signal },
  );
}
