import { renderUnicodeCompact } from 'uqr';
import type { OwnersWay } from './app/app.ts';
import { isInContainer } from './lib/own-addresses.ts';

/** What the owner is shown at the first start: the link to the set-up page, as a QR code for the phone as well. */
export function welcome({ adminToken, loginPath, addresses }: OwnersWay): string {
  const links = addresses.map((address) => `${address}${loginPath}`);
  const here = links.at(-1) ?? '';
  // Nobody else reaches the address of a container.
  const isPhoneable = links.length > 1 && !isInContainer();
  const [best = here] = isPhoneable ? links : [here];
  const code = isPhoneable
    ? [
        '',
        ...renderUnicodeCompact(best, { border: 2 })
          .split('\n')
          .map((line) => `  ${line}`),
      ]
    : [];
  const lines = [
    '',
    `  Set up:  ${best}`,
    ...(best === here ? [] : [`       or  ${here}`, '           on this machine (either link works, once)']),
    ...code,
    '',
    ...(adminToken === null
      ? []
      : [
          `  Later:   ${addresses.at(-1)}/#token=${adminToken} (shown only now; kept in keys.json in DATA_DIR)`,
          '',
        ]),
    '',
  ];
  return lines.join('\n');
}
