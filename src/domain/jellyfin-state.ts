/**
 * What a request to the Jellyfin server comes to. `refused`: it does not know the key; `no_rights`: the key is not an
 * administrator's; `foreign`: something else answers there; `no_guide`: it has no guide of ours. `off`: nobody has named one.
 */
export type JellyfinState = 'off' | 'works' | JellyfinProblem;
export type JellyfinProblem = 'unreachable' | 'refused' | 'no_rights' | 'foreign' | 'no_guide';
