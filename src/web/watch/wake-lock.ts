/** Keeps the screen on while the video plays, where the browser can. The lock is lost with the page's visibility. */
export function keepScreenOn(video: HTMLVideoElement): void {
  if (!('wakeLock' in navigator)) return;
  let lock: WakeLockSentinel | null = null;
  let asking = false;

  const update = async () => {
    const wanted = !video.paused && document.visibilityState === 'visible';
    if (wanted && (lock === null || lock.released) && !asking) {
      asking = true;
      // refused on a low battery, for example: the screen then follows the system's own rules
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
