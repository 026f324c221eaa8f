#!/usr/bin/env node
// An old Node must be able to parse this file and the rest of `bin/`; it loads nothing else.
import { existsSync } from 'node:fs';
import { bundledNode, handOver, whenLauncherEnds } from './hand-over.js';
import { whenNpmEnds } from './npm-parent.js';

const OLDEST_NODE = 24;

// A checkout runs its source; the package and the image hold only the build.
const source = new URL('../src/main.ts', import.meta.url);
const main = existsSync(source) ? source : new URL('../dist/main.js', import.meta.url);
const version = process.versions.node;

if (Number.parseInt(version, 10) >= OLDEST_NODE) {
  whenNpmEnds(end);
  whenLauncherEnds(end);
  void import(main.href);
} else {
  const node = bundledNode();
  if (node) whenNpmEnds(handOver(node, import.meta.url));
  else fail();
}

/** Stops the server as SIGTERM does, which a program cannot send on Windows. */
function end() {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit(1);
}

function fail() {
  process.stderr.write(
    `Zapette needs Node.js ${OLDEST_NODE} or newer, and this is ${version}: install a newer one from https://nodejs.org\n`,
  );
  process.exit(1);
}
