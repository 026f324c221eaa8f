import type { Engine, EngineEvents, EngineSource } from './engine.ts';
import { HlsEngine } from './hls-engine.ts';
import { NativeEngine } from './native-engine.ts';

/** Makes the engine that this browser needs; null if it cannot play the stream. */
export function chooseEngine(
  video: HTMLVideoElement,
  events: EngineEvents,
  source: EngineSource,
): Engine | null {
  // Chromium answers "maybe" for HLS too, so hls.js comes first.
  if (HlsEngine.isSupported()) return new HlsEngine(video, events, source);
  return NativeEngine.isSupported(video) ? new NativeEngine(video, events, source) : null;
}
