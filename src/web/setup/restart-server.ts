const PAUSE_MS = 1_000;
/** Attempts after which somebody should look at the server's log. */
const LATE = 45;

/** What a restart needs of the server. */
export interface RestartPort {
  readonly restart: () => Promise<unknown>;
  /** The id of the running process. @throws while the server does not answer */
  readonly instance: () => Promise<string>;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/**
 * Restarts the server and waits until another process answers, however long it takes.
 * @param onLate runs once if that takes unusually long
 * @throws if the server refuses to restart
 */
export async function restartServer(
  { restart, instance, pause }: RestartPort,
  onLate: () => void,
): Promise<void> {
  const before = await instance();
  await restart();
  for (let attempt = 1; ; attempt += 1) {
    await pause(PAUSE_MS);
    const now = await instance().catch(() => before);
    if (now !== before) return;
    if (attempt === LATE) onLate();
  }
}
