import { recall, remember } from '../common/browser-memory.ts';

/** The viewer's last choice; `sound` is null until there is one. */
export interface VolumeMemory {
  readonly volume: number;
  readonly sound: boolean | null;
}

const KEY = 'zapette.volume';
const nothing: VolumeMemory = { volume: 1, sound: null };

export function recallVolume(): VolumeMemory {
  try {
    const stored: unknown = JSON.parse(recall(KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return nothing;
    const volume = 'volume' in stored && typeof stored.volume === 'number' ? stored.volume : 1;
    const sound = 'sound' in stored && typeof stored.sound === 'boolean' ? stored.sound : null;
    return { volume: Math.min(1, Math.max(0, volume)), sound };
  } catch {
    return nothing;
  }
}

export function rememberVolume(memory: VolumeMemory): void {
  remember(KEY, JSON.stringify(memory));
}
