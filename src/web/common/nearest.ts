/** The direction of an arrow key. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** The edges of an element on the screen, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How much more a pixel across the direction costs than a pixel along it. */
const ASIDE = { left: 4, right: 4, up: 2, down: 2 } as const;
/** The cost of a pixel of misalignment: decides between boxes that are equally far. */
const ALIGNMENT = 0.1;

/**
 * The index in `boxes` of the box that an arrow key leads to; -1 if there is none.
 * @param onTheWay only boxes straight ahead, which overlap `from` across the direction
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

/** The edges of a box along a direction (near to far) and across it (low to high). */
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
