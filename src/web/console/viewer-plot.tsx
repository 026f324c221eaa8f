import { texts } from '../common/language.ts';

const WIDTH = 120;
const HEIGHT = 28;

/** The number of viewers over the last hour as a line; nothing if there were none. */
export function ViewerPlot({ counts }: { readonly counts: readonly number[] }) {
  const most = Math.max(...counts);
  if (counts.length < 2 || most === 0) return null;
  const points = counts.map((count, index) => {
    const x = (index / (counts.length - 1)) * WIDTH;
    const y = HEIGHT - 2 - (count / most) * (HEIGHT - 4);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg
      class="viewer-plot"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={texts.value.viewerHistory(most)}
    >
      <polygon points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} />
      <polyline points={points.join(' ')} />
    </svg>
  );
}
