/** The viewer's last choice; `sound` is null until there is one. */
export interface VolumeMemory {
  readonly volume: number;
  readonly sound: boolean | null;
}

const KEY = 'zapette.volume';
const nothing: VolumeMemory = { volume: 1, sound: null };

/** Never throws: in private windows and on full disks the choice is only forgotten. */
export function recallVolume(): VolumeMemory {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return nothing;
    const volume = 'volume' in stored && typeof stored.volume === 'number' ? stored.volume : 1;
    const sound = 'sound' in stored && typeof stored.sound === 'boolean' ? stored.sound : null;
    return { volume: Math.min(1, Math.max(0, volume)), sound };
  } catch {
    return nothing;
  }
}

/** Stores the viewer's choice; never throws. */
export function rememberVolume(memory: VolumeMemory): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(memory));
  } catch {
    // forgotten, see recallVolume
  }
}
