/** The value of one line of Prometheus' text, such as `zapette_viewers{output="ts"}`; null where there is none. */
export function valueIn(text: string, metric: string): number | null {
  const line = text.split('\n').find((each) => each.startsWith(`${metric} `));
  return line === undefined ? null : Number(line.slice(metric.length + 1));
}
