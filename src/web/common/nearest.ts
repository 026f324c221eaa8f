export type Direction = 'left' | 'right' | 'up' | 'down';

/** Edges of something on the screen, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** What lies aside of the way costs this much more than what lies on it. */
const ASIDE = { left: 4, right: 4, up: 2, down: 2 } as const;
/** Between equals on the way, the better aligned one. */
const ALIGNMENT = 0.1;

/**
 * The place in `boxes` of the one that an arrow key leads to; -1: there is none.
 * @param onTheWay only what an observer would meet going straight there.
 */
export function nearest(from: Box, boxes: readonly Box[], direction: Direction, onTheWay = false): number {
  const start = along(from, direction);
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  boxes.forEach((box, place) => {
    const target = along(box, direction);
    const ahead = target.near - start.far;
    const overlapAllowed = Math.min(start.far - start.near, target.far - target.near) / 2;
    if (ahead < -overlapAllowed || target.far <= start.far) return;
    const gap = Math.max(0, target.low - start.high, start.low - target.high);
    if (onTheWay && gap > 0) return;
    const misaligned = Math.abs(target.low + target.high - start.low - start.high) / 2;
    const cost = Math.max(0, ahead) + gap * ASIDE[direction] + misaligned * ALIGNMENT;
    if (cost >= least) return;
    best = place;
    least = cost;
  });
  return best;
}

/** A box as seen by who goes in a direction: from near to far on the way, from low to high across it. */
function along({ left, top, right, bottom }: Box, direction: Direction) {
  switch (direction) {
    case 'left':
      return { near: -right, far: -left, low: top, high: bottom };
    case 'right':
      return { near: left, far: right, low: top, high: bottom };
    case 'up':
      return { near: -bottom, far: -top, low: left, high: right };
    case 'down':
      return { near: top, far: bottom, low: left, high: right };
  }
}
