import { Gauge, type Registry } from 'prom-client';
import type { Edges } from '../outputs/edges/edges.ts';

/** The caches in front of this server, without their addresses. */
export function addEdges(registry: Registry, edges: Pick<Edges, 'all'>): void {
  new Gauge({
    name: 'zapette_edges',
    help: 'Edges, by whether they work',
    labelNames: ['works'],
    registers: [registry],
    collect() {
      const working = edges.all.filter(({ works }) => works).length;
      this.set({ works: 'true' }, working);
      this.set({ works: 'false' }, edges.all.length - working);
    },
  });
}
