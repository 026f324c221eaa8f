import type { Readable } from 'node:stream';

/** What a server that was started as a process of its own has logged so far, and the address that it says it is on. */
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
