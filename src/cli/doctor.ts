import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readKeysFile } from '../bundle/data-dir.ts';
import { Settings } from '../config/settings.ts';
import { doctorMessagesIn } from '../words/messages-in.ts';
import { type CliContext, FAILED } from './command.ts';
import { examineHere, type Found } from './examine-here.ts';
import { lockDataDir } from './lock-data-dir.ts';

const marks: Readonly<Record<Found['mark'], string>> = { good: '✔', warning: '⚠', bad: '✖', off: '–' };

const PATIENCE = 15_000;
const answerSchema = z.object({
  items: z.array(
    z.object({ mark: z.enum(['good', 'warning', 'bad', 'off']), topic: z.string(), text: z.string() }),
  ),
});

/**
 * `zapette doctor`: what works, what does not, and what to do. A server that runs knows best, so it is asked; where none does,
 * this looks at what a start would need.
 */
export async function doctor(context: CliContext): Promise<number> {
  const { dataDir, terminal, messages } = context;
  const release = existsSync(dataDir) ? await lockDataDir(dataDir) : () => {};
  release?.();
  const isRunning = release === null;
  if (!isRunning) {
    terminal.say(messages.isOff(dataDir));
    return report(context, await examineHere(context, false));
  }
  const { url, findings } = await askServer(context);
  if (findings) {
    terminal.say(messages.isAsked(url));
    return report(context, findings);
  }
  const silent: Found = { mark: 'bad', topic: messages.topics.server, text: messages.noAnswer(dataDir, url) };
  return report(context, [silent, ...(await examineHere(context, true))]);
}

function report({ terminal, messages, language }: CliContext, findings: readonly Found[]): number {
  for (const { mark, topic, text } of findings)
    terminal.say(`${marks[mark]} ${messages.finding(topic, text)}`);
  const ill = findings.filter(({ mark }) => mark === 'bad' || mark === 'warning').length;
  const { healthy, ill: count } = doctorMessagesIn(language);
  terminal.say(ill === 0 ? healthy : count(ill));
  return findings.some(({ mark }) => mark === 'bad') ? FAILED : 0;
}

/** Asks the server of DATA_DIR over this machine's own network. Findings are null where it does not answer. */
async function askServer({
  dataDir,
  env,
  language,
}: CliContext): Promise<{ url: string; findings: Found[] | null }> {
  let url = '?';
  try {
    const config = Settings.open(env).current;
    url = localUrl(config);
    const token = config.adminToken ?? (await readKeysFile(dataDir))?.adminToken ?? '';
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(`${url}/api/doctor`, {
      headers: { authorization: `Bearer ${token}`, 'accept-language': language },
      redirect: 'error',
      signal,
    });
    return { url, findings: answerSchema.parse(await response.json()).items };
  } catch {
    return { url, findings: null };
  }
}

/** Where a program on this machine reaches a server with these settings. */
function localUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
