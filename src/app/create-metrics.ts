import { join, resolve } from 'node:path';
import type { Settings } from '../config/settings.ts';
import type { Clock } from '../lib/clock.ts';
import { EventLoopLag } from '../metrics/event-loop-lag.ts';
import { Figures } from '../metrics/figures.ts';
import { Metrics } from '../metrics/metrics.ts';
import type { SentBytes } from '../outputs/sent-bytes.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { AccountsApi } from './create-accounts.ts';
import type { CatalogueApi } from './create-catalogue.ts';
import type { EdgesApi } from './create-edges.ts';
import type { RecordingsApi } from './create-recordings.ts';
import type { Part } from './lifecycle.ts';

export interface MetricsPartOptions {
  readonly settings: Pick<Settings, 'current'>;
  readonly accounts: Pick<AccountsApi, 'open'>;
  readonly channels: Pick<CatalogueApi, 'health' | 'guideReports'>;
  readonly screens: Pick<Screens, 'all' | 'follow'>;
  readonly recorded: Pick<RecordingsApi, 'recordings'>;
  readonly edges: Pick<EdgesApi, 'edges'>;
  readonly sent: SentBytes;
  readonly clock: Clock;
}

export interface MetricsApi {
  readonly metrics: Metrics;
  readonly figures: Figures;
}

/** What Prometheus and the console's plots read. */
export function createMetrics(options: MetricsPartOptions): Part<MetricsApi> {
  const { settings, accounts, channels, screens, recorded, edges, sent, clock } = options;
  const { dataDir, recordingsDir } = settings.current;
  const lag = new EventLoopLag(clock);
  const figures = new Figures({ screens, sent, lag, clock });
  const metrics = new Metrics({
    ...{ screens, sent, lag, figures, edges: edges.edges },
    accounts: () => accounts.open,
    isInTrouble: (account) => channels.health.troubleOf(account) !== null,
    recordings: () => recorded.recordings.all(),
    volumes: { data: resolve(dataDir), recordings: resolve(recordingsDir ?? join(dataDir, 'recordings')) },
    guides: () => channels.guideReports().map(({ checkedAt }) => checkedAt),
    now: () => clock.now(),
  });
  return {
    api: { metrics, figures },
    start: () => {
      lag.start();
      figures.start();
      metrics.start();
    },
    stop: () => {
      figures.stop();
      lag.stop();
      metrics.stop();
    },
  };
}
