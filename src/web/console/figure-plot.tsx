import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { locale } from '../common/language.ts';
import { figureTexts } from './figure-texts.ts';

/** One value a time; null for none. */
export interface Line {
  /** Empty where there is one line. */
  readonly name: string;
  readonly values: readonly (number | null)[];
}

interface FigurePlotProps {
  readonly title: string;
  /** Epoch seconds. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly format: (value: number) => string;
  /** What the axis reaches at least. */
  readonly least: number;
  /** Whether values are single events, to be drawn as points. */
  readonly isSparse?: boolean;
}

/** Seconds in sight. */
const HOUR = 3_600;
/** In root font sizes. */
const HEIGHT = 8;

/** A plot of the last hour over the values of now, or of the moment that the pointer shows. */
export function FigurePlot({ title, times, lines, format, least, isSparse = false }: FigurePlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const figure = useRef<HTMLElement>(null);
  const plot = useRef<uPlot | null>(null);
  const pointed = useSignal<number | null>(null);
  const latest = useRef({ times, lines, format, least });
  latest.current = { times, lines, format, least };
  const at = pointed.value ?? times.length - 1;
  const told = lines.map(({ values }) => {
    // of single events, the last one
    const value = (isSparse ? values.slice(0, at + 1).findLast((each) => each !== null) : values[at]) ?? null;
    return value === null ? figureTexts.value.nothing : format(value);
  });

  useEffect(() => {
    const ending = new AbortController();
    void draw(ending.signal);
    return () => {
      ending.abort();
      plot.current?.destroy();
      plot.current = null;
    };

    /** The library is loaded with the first plot. */
    async function draw(signal: AbortSignal): Promise<void> {
      const { default: Plot } = await import('uplot');
      const [inside, around] = [box.current, figure.current];
      if (signal.aborted || !inside || !around) return;
      plot.current = new Plot(optionsOf(inside, around), dataOf(latest.current), inside);
      const size = () => plot.current?.setSize(sizeOf(inside));
      const observer = new ResizeObserver(size);
      observer.observe(inside);
      signal.addEventListener('abort', () => observer.disconnect());
      // colours are read while drawing
      matchMedia('(prefers-color-scheme: dark)').addEventListener(
        'change',
        () => plot.current?.redraw(false),
        { signal },
      );
    }

    function optionsOf(inside: HTMLElement, around: HTMLElement): uPlot.Options {
      const colourOf = (selector: string) => getComputedStyle(around.querySelector(selector) ?? around).color;
      const font = `${0.8125 * rootSize()}px system-ui, sans-serif`;
      const axis = {
        font,
        stroke: () => colourOf('.figure-axis'),
        grid: { stroke: () => colourOf('.figure-grid'), width: 1 },
        ticks: { show: false },
      };
      const clock = new Intl.DateTimeFormat(locale.value, { hour: '2-digit', minute: '2-digit' });
      return {
        ...sizeOf(inside),
        legend: { show: false },
        cursor: { drag: { x: false, y: false }, y: false },
        scales: {
          x: { range: () => [(latest.current.times.at(-1) ?? 0) - HOUR, latest.current.times.at(-1) ?? 0] },
          y: { range: (_plot, _least, most) => [0, Math.max(latest.current.least, (most ?? 0) * 1.1)] },
        },
        axes: [
          {
            ...axis,
            size: 1.75 * rootSize(),
            values: (_plot, marks) => marks.map((mark) => clock.format(mark * 1000)),
          },
          {
            ...axis,
            size: 4.75 * rootSize(),
            values: (_plot, marks) => marks.map((mark) => latest.current.format(mark)),
          },
        ],
        series: [
          {},
          ...latest.current.lines.map((_line, index) => ({
            stroke: () => colourOf(`.figure-line-${index}`),
            width: 1.5,
            points: { show: isSparse, size: 7, fill: () => colourOf(`.figure-line-${index}`) },
            ...(isSparse ? { paths: () => null } : {}),
          })),
        ],
        hooks: {
          setCursor: [
            ({ cursor: { idx } }) => {
              pointed.value = idx ?? null;
            },
          ],
        },
      };
    }
  }, [isSparse, pointed]);

  useEffect(() => {
    plot.current?.setData(dataOf({ times, lines }));
  }, [times, lines]);

  return (
    <figure class="figure" ref={figure}>
      <figcaption>
        <strong>{title}</strong>
        {lines.map(({ name }, index) => (
          <span key={name} class={`figure-value figure-line-${index}`}>
            <span class="figure-told">
              {name} {told[index]}
            </span>
          </span>
        ))}
      </figcaption>
      <div ref={box} class="figure-plot" aria-hidden="true">
        <span class="figure-axis" />
        <span class="figure-grid" />
      </div>
    </figure>
  );
}

function dataOf({ times, lines }: Pick<FigurePlotProps, 'times' | 'lines'>): uPlot.AlignedData {
  return [[...times], ...lines.map(({ values }) => [...values])];
}

function sizeOf(inside: HTMLElement): { width: number; height: number } {
  return { width: inside.clientWidth, height: HEIGHT * rootSize() };
}

/** Pixels; the page grows with it. */
function rootSize(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
