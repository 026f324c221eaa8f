/** Why the past of a screen is shorter than it should be. `disk_share`: the pasts of all screens have all that they may take. */
export type PastTrouble = 'disk_full' | 'disk_slow' | 'disk_unwritable' | 'disk_share';
