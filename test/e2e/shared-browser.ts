import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { launchBrowserServer } from '../../scripts/browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser of all test files listens. */
    readonly browser: string;
  }
}

/** Starts the browser of all test files, since each start costs seconds. */
export default async function startSharedBrowser(project: TestProject): Promise<() => Promise<void>> {
  const server = await launchBrowserServer();
  project.provide('browser', server.wsEndpoint());
  return () => server.close();
}

/** Connects to the browser that all test files share; what one opens, the others do not see. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(inject('browser'));
}
