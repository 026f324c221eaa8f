import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import { toastError } from '../common/failure.ts';
import { bitrate } from '../common/format.ts';
import { language } from '../common/language.ts';
import { FigurePlot, type Line } from './figure-plot.tsx';
import { figureTexts } from './figure-texts.ts';
import { type Figure, loadFigures } from './figures-api.ts';

const EVERY_MS = 10_000;
/** An hour. */
const KEPT = 360;

/** What the server did over the last hour, for admins. */
export function FigurePlots() {
  const t = figureTexts.value;
  const figures = useFigures();
  const seconds = (value: number) => inSeconds(value, language.value);
  const bits = (value: number) => bitrate(value, language.value);
  const line = (name: string, read: (figure: Figure) => number | null): Line => ({
    name,
    values: figures?.map(read) ?? [],
  });
  if (figures === null) return null;
  const times = figures.map(({ at }) => Date.parse(at) / 1000);
  return (
    <section class="server-card figures-card" aria-label={t.title}>
      <header>
        <h2>{t.title}</h2>
      </header>
      {figures.length === 0 && <p class="server-summary">{t.none}</p>}
      {figures.length > 0 && (
        <div class="figures">
          <FigurePlot
            title={t.viewers}
            times={times}
            lines={[line('', ({ viewers }) => viewers)]}
            format={whole}
            least={4}
          />
          <FigurePlot
            title={t.bitrate}
            times={times}
            lines={[line(t.bitsIn, ({ bits_in }) => bits_in), line(t.bitsOut, ({ bits_out }) => bits_out)]}
            format={bits}
            least={1e6}
          />
          <FigurePlot
            title={t.segmentAge}
            times={times}
            lines={[line('', ({ segment_age }) => segment_age)]}
            format={seconds}
            least={4}
          />
          <FigurePlot
            title={t.switchTime}
            times={times}
            lines={[line('', ({ switch_seconds }) => switch_seconds)]}
            format={seconds}
            least={2}
            isSparse
          />
          <FigurePlot
            title={t.lag}
            times={times}
            lines={[line('', ({ lag }) => lag)]}
            format={seconds}
            least={0.2}
          />
        </div>
      )}
    </section>
  );
}

/** The figures of the last hour, which grow while the page is visible; null until they are loaded. */
function useFigures(): readonly Figure[] | null {
  const figures = useSignal<readonly Figure[] | null>(null);
  useEffect(() => {
    let isLoading = false;
    const look = async (): Promise<void> => {
      if (document.visibilityState !== 'visible' || isLoading) return;
      isLoading = true;
      try {
        const known = figures.peek() ?? [];
        const news = await loadFigures(known.at(-1)?.at ?? null);
        figures.value = [...known, ...news].slice(-KEPT);
      } catch (error) {
        // the offline banner says so already
        if (!(error instanceof ApiError && error.status === 0)) toastError(error);
      } finally {
        isLoading = false;
      }
    };
    const again = () => void look();
    again();
    const timer = setInterval(again, EVERY_MS);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [figures]);
  return figures.value;
}

/** `0.25 s`, `12 s`. */
function inSeconds(value: number, locale: string): string {
  const maximumFractionDigits = value < 1 ? 2 : value < 10 ? 1 : 0;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value)}\u00a0s`;
}

/** Nothing where the axis would divide a viewer. */
function whole(value: number): string {
  return Number.isInteger(value) ? String(value) : '';
}
