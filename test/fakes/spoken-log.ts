import type { Readable } from 'node:stream';

/** The log so far of a server in a process of its own, and the address that it logs. */
export function listenTo(stdout: Readable): { readonly url: Promise<string>; readonly output: () => string } {
  let output = '';
  const url = new Promise<string>((resolve) => {
    stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const on = /"url":"([^"]+)","msg":"Zapette is on"/.exec(output)?.[1];
      if (on) resolve(on);
    });
  });
  return { url, output: () => output };
}
