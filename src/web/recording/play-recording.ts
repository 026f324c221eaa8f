import workerPath from 'hls.js/dist/hls.worker.js?url';
import Hls, { ErrorTypes } from 'hls.js/light';
import { recall, remember } from '../common/browser-memory.ts';
import { loadPolicy } from '../watch/load-policy.ts';
import { id } from './recorded.ts';

/** Seconds that are loaded ahead, and kept behind for those who go back a little. */
const BUFFERS = { maxBufferLength: 30, backBufferLength: 60 };
/** Tries of each request, since nothing else asks again. */
const RETRIES = 20;
/** Seconds between two notes of the place. */
const NOTE_EVERY = 5;
/** Seconds before the end from which a recording counts as seen. */
const SEEN = 60;

interface Source {
  /** Null where there is the file alone. */
  readonly playlist: string | null;
  readonly file: string | null;
}

interface Events {
  readonly onUndecodable: () => void;
  /** It plays sound, and no picture. */
  readonly onUnseen: () => void;
}

/** Plays a recording from a place on, in seconds. @returns what ends it. */
export function playRecording(
  video: HTMLVideoElement,
  { playlist, file }: Source,
  place: number,
  events: Events,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  keepPlace(video, signal);
  video.addEventListener('loadeddata', () => video.videoWidth === 0 && events.onUnseen(), { signal });
  if (playlist === null || !Hls.isSupported()) {
    video.addEventListener('error', events.onUndecodable, { signal });
    video.src = playlist ?? file ?? '';
    video.currentTime = place;
    return () => listening.abort();
  }
  const policy = { default: loadPolicy(RETRIES) };
  const hls = new Hls({
    ...BUFFERS,
    workerPath,
    startPosition: place,
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

/** Where to begin, in seconds: the place in the address (`?t=90`), else where this browser has left it. */
export function placeOf(): number {
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
