import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { addSwitches } from '../../src/metrics/switches.ts';
import { valueIn } from '../fakes/metric-values.ts';

it('counts switches by who wanted them, and times those that somebody wished for', async () => {
  const registry = new Registry();
  const note = addSwitches(registry);
  note('chat', 1.2);
  note('chat', 0.3);
  note('itself', null);
  const text = await registry.metrics();
  const of = (by: string) => valueIn(text, `zapette_switches_total{by="${by}"}`);
  expect(['chat', 'http', 'itself'].map(of)).toEqual([2, 0, 1]);
  expect(valueIn(text, 'zapette_switch_seconds_count')).toBe(2);
  expect(valueIn(text, 'zapette_switch_seconds_bucket{le="0.5"}')).toBe(1);
});
