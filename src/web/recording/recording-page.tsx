import { useEffect, useRef } from 'preact/hooks';
import { dateAndTime } from '../common/format.ts';
import { locale } from '../common/language.ts';
import { playRecording } from './play-recording.ts';
import { failure, recorded } from './recorded.ts';
import { recordingTexts } from './recording-texts.ts';

/** One recording, for whoever has opened it alone. */
export function RecordingPage() {
  const video = useRef<HTMLVideoElement>(null);
  const t = recordingTexts.value;
  const current = recorded.value;
  const isPlayable = current !== null && current.page !== null;
  useEffect(() => {
    if (!isPlayable || !video.current) return undefined;
    const onUndecodable = () => {
      failure.value = recordingTexts.peek().cannotPlay;
    };
    return playRecording(video.current, current, { onUndecodable });
  }, [isPlayable]);
  const problem = failure.value || (current && !isPlayable ? t.notReady : '');
  return (
    <main class="recording">
      {/* biome-ignore lint/a11y/useMediaCaption: television comes without captions of its own */}
      <video ref={video} controls autoplay playsinline />
      <footer>
        <h1>{current?.title ?? ''}</h1>
        {current && <p>{t.onAir(current.channel_label, dateAndTime(current.start, locale.value))}</p>}
        {problem !== '' && <p role="alert">{problem}</p>}
        {current?.url && <a href={current.url}>{t.file}</a>}
      </footer>
    </main>
  );
}
