/**
 * Runs Zapette on a provider with continual faults, with a viewer that fetches every segment, a person in a chat, and
 * players that are never touched. Prints what each kind of fault cost the viewers; exits with 1 if a requirement fails.
 *
 *   npm run soak -- --minutes 60 --seed 7 [--every 20] [--peace 9] [--only 'FFmpeg stopped'] [--players] [--log file]
 *
 * On a machine with other work, --longest-gap 10 allows for it. The same seed makes the same faults at the same times.
 * Linux only, since it reads /proc.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { describeEffects, describeMemory } from '../test/soak/report.ts';
import { soak } from '../test/soak/run-soak.ts';
import { faultsIn } from '../test/soak/verdicts.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    seed: { type: 'string', default: '7' },
    every: { type: 'string', default: '20' },
    peace: { type: 'string', default: '9' },
    'longest-gap': { type: 'string', default: '6' },
    only: { type: 'string', multiple: true, default: [] },
    players: { type: 'boolean', default: false },
    log: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const { findings, samples, players, log } = await soak({
  minutes,
  seed: Number(values.seed),
  every: Number(values.every),
  peace: Number(values.peace),
  only: values.only,
  withPlayers: values.players,
  say: (line) => console.log(line),
});
console.log(`\n${describeEffects(findings.effects)}\n`);
console.log(describeMemory(samples, minutes));
for (const line of players) console.log(line);
const faults = faultsIn(findings, Number(values['longest-gap']));
console.log(
  faults.length === 0 ? '\nAll is well.' : `\n${faults.map((fault) => `FAULT ${fault}`).join('\n')}`,
);
if (values.log) await writeFile(values.log, log);
process.exitCode = faults.length === 0 ? 0 : 1;
