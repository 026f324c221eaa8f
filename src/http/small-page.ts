import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Language } from '../domain/actor.ts';
import { escapeHtml } from './escape-html.ts';
import { type LinkPreview, withPreview } from './link-preview.ts';
import { dataHeaders } from './plugins/security-headers.ts';

/** The colours of the console's tokens.css. */
const style = `
:root { color-scheme: light dark; --paper: light-dark(#f6f4ef, #0e1116); --ink: light-dark(#16181d, #f1f0ec) }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink);
  font: 1.1rem/1.5 system-ui, sans-serif }
main { max-width: 26rem; padding: 1.5rem; text-align: center }
main:has(video) { max-width: 60rem }
video { width: 100%; max-height: 75vh; border-radius: 12px; background: #000 }
h1 { line-height: 1.2 }
button, .button { display: inline-block; margin: .3rem; padding: .7rem 1.5rem; border: 0; border-radius: 999px;
  background: #ffc93c; color: #1b1503; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer }
button:focus-visible, .button:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

export interface SmallPage {
  readonly language: Language;
  readonly title: string;
  readonly lines: readonly string[];
  /** A button without `href` posts to the page's own address. */
  readonly buttons?: readonly Button[];
  /** A path of ours to a video. */
  readonly video?: string;
  readonly preview?: LinkPreview;
  /** A path of ours to which the page forwards at once; the browser then sends all cookies, since the link is our own. */
  readonly goOnTo?: string;
}

export interface Button {
  readonly label: string;
  readonly href?: string;
}

/** Sends a small page without scripts; its texts are escaped. */
export function sendSmallPage(reply: FastifyReply, page: SmallPage, status = 200): FastifyReply {
  if (page.goOnTo !== undefined) void reply.header('refresh', `0; url=${page.goOnTo}`);
  return reply
    .code(status)
    .headers({
      vary: 'accept',
      ...dataHeaders,
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      // With "no-referrer" browsers keep from us where a form was sent.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    })
    .send(page.preview ? withPreview(html(page), page.preview) : html(page));
}

function html({ language, title, lines, video, buttons = [] }: SmallPage): string {
  const paragraphs = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Zapette</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${video === undefined ? '' : `<video src="${escapeHtml(video)}" controls autoplay playsinline></video>`}
${paragraphs}
${buttons.map(buttonHtml).join('\n')}
</main>
</body>
</html>
`;
}

function buttonHtml({ label, href }: Button): string {
  if (href !== undefined) return `<a class="button" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;
  return `<form method="post"><button>${escapeHtml(label)}</button></form>`;
}
