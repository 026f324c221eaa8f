import { HlsEngine } from './hls-engine.ts';
import type { PastEngine, PastEvents, PastSource } from './past-engine.ts';
import { PastHlsEngine } from './past-hls-engine.ts';
import { PastNativeEngine } from './past-native-engine.ts';

/** Makes the engine that plays the past in this browser, which can play live. */
export function choosePastEngine(
  video: HTMLVideoElement,
  events: PastEvents,
  source: PastSource,
): PastEngine {
  if (HlsEngine.isSupported()) return new PastHlsEngine(video, events, source);
  return new PastNativeEngine(video, events, source);
}
