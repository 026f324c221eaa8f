import type { DemoChannel } from './channels.ts';
import { escapeXml } from './xml.ts';

/** Draws a channel's logo: its initials on its colour, 256 × 256 pixels. */
export function logoSvg({ name, colour }: DemoChannel): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" width="256" height="256" role="img">
<title>${escapeXml(name)}</title>
<rect width="256" height="256" rx="48" fill="#${colour}"/>
<text x="128" y="132" fill="#fff" font-family="Arial, Helvetica, sans-serif" font-weight="700" font-size="96" text-anchor="middle" dominant-baseline="middle">${escapeXml(initials(name))}</text>
</svg>
`;
}

/** The first character of each word, at most three, without the words that only tell the quality. */
function initials(name: string): string {
  const words = name.split(/[\s']+/).filter((word) => !/^(HD|FHD)$/.test(word));
  return words
    .map((word) => word[0] ?? '')
    .slice(0, 3)
    .join('');
}
