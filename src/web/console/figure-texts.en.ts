export interface FigureTexts {
  readonly title: string;
  readonly none: string;
  readonly viewers: string;
  readonly bitrate: string;
  readonly bitsIn: string;
  readonly bitsOut: string;
  readonly segmentAge: string;
  readonly switchTime: string;
  readonly lag: string;
  readonly nothing: string;
}

export const en: FigureTexts = {
  title: 'The last hour',
  none: 'The first values come ten seconds after the start.',
  viewers: 'Viewers',
  bitrate: 'Bitrate',
  bitsIn: 'in',
  bitsOut: 'out',
  segmentAge: 'Time since the last segment',
  switchTime: 'Time of a switch',
  lag: 'Delay of the server',
  nothing: 'none',
};
