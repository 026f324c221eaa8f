import { describe, expect, it } from 'vitest';
import { comparePictures } from '../../../src/stream/health/picture-comparison.ts';
import { again, plain, scene, withClock } from './pictures.ts';

const still = scene(1);

describe('comparePictures', () => {
  it.each<[what: string, pictures: Uint8Array[], shows: string, count: number]>([
    ['a film', [scene(1), scene(2), scene(3)], 'moves', 1],
    ['a night scene, dark but with something in it', [scene(1, 0.1), scene(2, 0.1)], 'moves', 1],
    ['black', [plain(0), plain(2), plain(1)], 'black', 3],
    ['limited and noisy black', [again(plain(16)), plain(17)], 'black', 2],
    ['a film, then black', [scene(1), plain(0), plain(0)], 'black', 2],
    ['black, then a film', [plain(0), plain(0), scene(1)], 'moves', 1],
    ['one black picture', [plain(0)], 'unknown', 1],
    ['a flash of black', [scene(1), plain(0)], 'moves', 1],
    ['an unchanged picture', [still, again(still), still], 'frozen', 3],
    ['a film that stops', [scene(2), scene(3), still, again(still), still], 'frozen', 3],
    ['a still with a clock', [0, 1, 2].map((second) => withClock(still, second)), 'moves', 1],
    ['a test card in grey', [plain(128), plain(128)], 'frozen', 2],
    ['a logo on black', [withClock(plain(0), 0), withClock(plain(0), 0)], 'frozen', 2],
    ['a slow fade', [plain(60), plain(64), plain(68)], 'moves', 1],
    ['an empty list', [], 'unknown', 1],
  ])('classifies %s', (_what, pictures, shows, count) => {
    expect(comparePictures(pictures)).toMatchObject({ shows, count });
  });
});
