import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { dateAndTime } from '../common/format.ts';
import { locale } from '../common/language.ts';
import { TrackMenu } from '../common/track-menu.tsx';
import { placeOf, playRecording } from './play-recording.ts';
import { failure, recorded } from './recorded.ts';
import { recordingTexts } from './recording-texts.ts';

/** One recording, for whoever has opened it alone. */
export function RecordingPage() {
  const video = useRef<HTMLVideoElement>(null);
  const t = recordingTexts.value;
  const current = recorded.value;
  const isPlayable = current !== null && current.page !== null;
  const chosen = useSignal<number | null>(null);
  const place = useRef<number | null>(null);
  const heard = chosen.value ?? current?.audio_track ?? null;
  useEffect(() => {
    if (!isPlayable || !video.current) return undefined;
    failure.value = '';
    const track = current.audio_tracks.find(({ id }) => id === heard);
    const source = { playlist: track?.playlist ?? current.playlist, file: current.url };
    const tell = (problem: 'cannotPlay' | 'cannotShow') => () => {
      failure.value = recordingTexts.peek()[problem];
    };
    return playRecording(video.current, source, place.current ?? placeOf(), {
      onUndecodable: tell('cannotPlay'),
      onUnseen: tell('cannotShow'),
    });
  }, [isPlayable, heard]);
  const choose = (track: number) => {
    place.current = video.current?.currentTime ?? null;
    chosen.value = track;
  };
  const problem = failure.value || (current && !isPlayable ? t.notReady : '');
  const address = current?.url ?? current?.playlist;
  return (
    <main class="recording">
      {/* biome-ignore lint/a11y/useMediaCaption: television comes without captions of its own */}
      <video ref={video} controls autoplay playsinline />
      <footer>
        <h1>{current?.title ?? ''}</h1>
        {current && <p>{t.onAir(current.channel_label, dateAndTime(current.start, locale.value))}</p>}
        {problem !== '' && <p role="alert">{problem}</p>}
        <TrackMenu tracks={current?.audio_tracks ?? []} heard={heard} onChoose={choose} />
        {address && <a href={address}>{current?.url ? t.file : t.address}</a>}
      </footer>
    </main>
  );
}
