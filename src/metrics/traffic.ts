import { Counter, Gauge, type Registry } from 'prom-client';
import { type CountedOutput, countedOutputs, type SentBytes } from '../outputs/sent-bytes.ts';
import type { Screens } from '../stream/screen/screens.ts';

export interface TrafficSources {
  readonly sent: Pick<SentBytes, 'total' | 'openOf'>;
  readonly screens: Pick<Screens, 'all'>;
}

/** Outputs whose viewers are their open connections. */
const streamed = ['ts', 'recordings', 'links', 'clients'] as const;

/** Who watches by what, and the bytes that leave. */
export function addTraffic(registry: Registry, { sent, screens }: TrafficSources): void {
  const registers = [registry];
  new Gauge({
    name: 'zapette_viewers',
    help: 'Viewers by output; hls: players that fetched a playlist of now or of the past lately, edge: those that edges have counted, others: open connections',
    labelNames: ['output'],
    registers,
    collect() {
      for (const [output, count] of viewersByOutput({ sent, screens })) this.set({ output }, count);
    },
  });
  new Counter({
    name: 'zapette_out_bytes_total',
    help: 'Bytes of picture and sound sent, by output; edge: what caches took, not what they gave to viewers',
    labelNames: ['output'],
    registers,
    collect() {
      this.reset();
      for (const output of countedOutputs) this.inc({ output }, sent.total(output));
    },
  });
}

/** Viewers by output: players that fetched a playlist lately, here or on an edge, and open connections. */
export function viewersByOutput({ sent, screens }: TrafficSources): ReadonlyMap<CountedOutput, number> {
  const ofPlaylists = screens.all().reduce((sum, { viewers }) => sum + viewers.ids.length, 0);
  return new Map<CountedOutput, number>([
    ['hls', ofPlaylists],
    ['edge', screens.all().reduce((sum, { viewers }) => sum + viewers.atEdges, 0)],
    ...streamed.map((output) => [output, sent.openOf(output)] as const),
  ]);
}
