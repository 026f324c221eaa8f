/**
 * A real Prometheus reads a running Zapette, the demo: is every query of deploy/metrics/ answered? Needs `prometheus` on the
 * path; ends with 1 where a panel of the dashboard stays empty, or a rule cannot be evaluated.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { freePort, startZapette, table, until } from './tools.ts';

interface Dashboard {
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string }[];
  }[];
}

interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

const deployed = fileURLToPath(new URL('../deploy/metrics/', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'zapette-prometheus-'));
const zapette = await startZapette({});
const port = await freePort();
const { host } = new URL(zapette.url);
const config = (await readFile(join(deployed, 'prometheus.yml'), 'utf8'))
  .replace('127.0.0.1:8002', host)
  .replaceAll('15s', '1s')
  .replace('alerts.yml', join(deployed, 'alerts.yml'));
await writeFile(join(folder, 'prometheus.yml'), config);
const prometheus = execa(
  'prometheus',
  [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ],
  { reject: false, stdin: 'ignore' },
);

async function api<T>(path: string): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
  const { status, data, error } = (await response.json()) as { status: string; data: T; error?: string };
  if (status !== 'success') throw new Error(`${path}: ${error}`);
  return data;
}

async function query(expr: string): Promise<readonly Found[]> {
  const asked = expr.replaceAll('$__rate_interval', '15s').replaceAll('$instance', '.*');
  return (await api<{ result: readonly Found[] }>(`query?query=${encodeURIComponent(asked)}`)).result;
}

const leave = new AbortController();
try {
  if (!(await until(async () => (await query('up{job="zapette"} == 1')).length === 1, 20_000)))
    throw new Error('Prometheus does not reach Zapette');
  const viewer = await fetch(`${zapette.url}/live.ts`, { signal: leave.signal });
  void viewer.body?.pipeTo(new WritableStream(), { signal: leave.signal }).catch(() => {});
  const { items } = JSON.parse(await zapette.text('/api/channels')) as { items: { id: number | string }[] };
  const ids = items.slice(0, 3).map(({ id }) => id);
  for (const channel_id of ids) await zapette.post('/set_active_stream', { channel_id });
  await new Promise((resolve) => setTimeout(resolve, 8_000));

  const { panels } = JSON.parse(
    await readFile(join(deployed, 'grafana-dashboard.json'), 'utf8'),
  ) as Dashboard;
  const rows: string[][] = [];
  for (const { title, targets } of panels)
    for (const { expr } of targets) {
      const found = await query(expr);
      const isEmpty = found.every(({ value }) => value[1] === 'NaN');
      if (isEmpty) process.exitCode = 1;
      const told = found.map(({ metric, value }) =>
        [
          metric.output ??
            metric.screen ??
            metric.state ??
            metric.volume ??
            metric.account ??
            metric.by ??
            '',
          Number(value[1]).toPrecision(4),
        ].join(' '),
      );
      rows.push([title, isEmpty ? 'EMPTY' : told.join(' · ').trim()]);
    }
  console.log(table(['panel', 'value'], rows));
  const { groups } = await api<{
    groups: { rules: { name: string; health: string; state: string; lastError?: string }[] }[];
  }>('rules');
  const rules = groups.flatMap((group) => group.rules);
  if (rules.some(({ health }) => health !== 'ok')) process.exitCode = 1;
  console.log(
    `\n${table(
      ['alert', 'health', 'state'],
      rules.map(({ name, health, state }) => [name, health, state]),
    )}`,
  );
  const [size] = await query('scrape_samples_scraped{job="zapette"}');
  const [time] = await query('scrape_duration_seconds{job="zapette"}');
  console.log(
    `\n${size?.value[1]} values a scrape, which takes ${(Number(time?.value[1]) * 1000).toFixed(0)} ms`,
  );
} finally {
  leave.abort();
  prometheus.kill();
  await prometheus;
  await zapette.stop();
  await rm(folder, { recursive: true, force: true });
}
