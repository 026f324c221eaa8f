import { execFileSync, spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const deployed = join(root, 'deploy', 'metrics');
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
const promtool = (...args: string[]) =>
  execFileSync('promtool', args, { cwd: deployed, encoding: 'utf8', stdio: 'pipe', timeout: 30_000 });

/** The names of all metrics that src/metrics/ makes. */
async function madeNames(): Promise<ReadonlySet<string>> {
  const folder = join(root, 'src', 'metrics');
  const texts = await Promise.all(
    (await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')),
  );
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/'(zapette_\w+)'/g)].map(([, name = '']) => name)),
  );
}

describe('the files of deploy/metrics', () => {
  it.each(['alerts.yml', 'alerts.test.yml', 'grafana-dashboard.json'])(
    'name metrics that there are: %s',
    async (file) => {
      const made = await madeNames();
      const text = await readFile(join(deployed, file), 'utf8');
      const named = [...text.matchAll(/\bzapette_\w+/g)].map(([name]) => name.replace(/_bucket$/, ''));
      expect(named.length).toBeGreaterThan(5);
      expect(named.filter((name) => !made.has(name))).toEqual([]);
    },
  );

  it.skipIf(!hasPromtool)('are valid to Prometheus, and alerts come when they should', () => {
    expect(promtool('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
    expect(promtool('check', 'rules', 'alerts.yml')).toContain('SUCCESS');
    expect(promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
  });
});
