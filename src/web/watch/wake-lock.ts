/** Keeps the screen on while the video plays, where the browser can; hidden pages lose the lock. */
export function keepScreenOn(video: HTMLVideoElement): void {
  if (!('wakeLock' in navigator)) return;
  let lock: WakeLockSentinel | null = null;
  let asking = false;

  const update = async () => {
    const wanted = !video.paused && document.visibilityState === 'visible';
    if (wanted && (lock === null || lock.released) && !asking) {
      asking = true;
      // refused, for example on a low battery: the screen then turns off as usual
      lock = await navigator.wakeLock.request('screen').catch(() => null);
      asking = false;
    } else if (!wanted && lock) {
      await lock.release().catch(() => undefined);
      lock = null;
    }
  };
  const follow = () => void update();
  video.addEventListener('playing', follow);
  video.addEventListener('pause', follow);
  document.addEventListener('visibilitychange', follow);
}
