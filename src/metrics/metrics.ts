import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Edges } from '../outputs/edges/edges.ts';
import type { Screens } from '../stream/screen/screens.ts';
import { type AccountSources, addAccounts } from './accounts.ts';
import { type AnsweredCommand, addAnsweredCommands } from './answered-commands.ts';
import { addEdges } from './edges.ts';
import { addEventLoopLag, type EventLoopLag } from './event-loop-lag.ts';
import type { Figures } from './figures.ts';
import { addKept, type KeptSources } from './kept.ts';
import { addPictures } from './pictures.ts';
import { addSwitches, type SwitchOrigin } from './switches.ts';
import { addTraffic, type TrafficSources } from './traffic.ts';

export interface MetricsOptions extends Omit<TrafficSources, 'screens'>, AccountSources, KeptSources {
  readonly screens: Pick<Screens, 'all' | 'follow'>;
  readonly edges: Pick<Edges, 'all'>;
  readonly lag: Pick<EventLoopLag, 'worst'>;
  readonly figures: Pick<Figures, 'noteSwitch'>;
}

/**
 * What this server does, as Prometheus reads it. Labels are ids, outputs and error codes: never a name of a channel or a
 * person, and never an address.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #noteSwitch: (by: SwitchOrigin, seconds: number | null) => void;
  readonly #noteCommand: (call: AnsweredCommand) => void;
  readonly #figures: MetricsOptions['figures'];
  readonly #endPictures: () => void;

  constructor(options: MetricsOptions) {
    const registry = this.#registry;
    this.#figures = options.figures;
    this.#noteSwitch = addSwitches(registry);
    this.#noteCommand = addAnsweredCommands(registry);
    this.#endPictures = addPictures(registry, {
      ...options,
      onChangeByItself: () => this.#noteSwitch('itself', null),
    });
    addTraffic(registry, options);
    addAccounts(registry, options);
    addKept(registry, options);
    addEdges(registry, options.edges);
    addEventLoopLag(registry, options.lag);
  }

  /** Adds the metrics of the process: memory, CPU, garbage collection. */
  start(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Takes in that somebody's wish is on air. @param seconds from the wish to the first segment */
  noteSwitch(by: Exclude<SwitchOrigin, 'itself'>, seconds: number): void {
    this.#noteSwitch(by, seconds);
    this.#figures.noteSwitch(seconds);
  }

  noteCommand(call: AnsweredCommand): void {
    this.#noteCommand(call);
  }

  stop(): void {
    this.#endPictures();
    this.#registry.clear();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All values of this moment, in Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
