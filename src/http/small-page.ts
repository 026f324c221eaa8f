import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Language } from '../domain/actor.ts';
import { dataHeaders } from './plugins/security-headers.ts';

const style = `
:root { color-scheme: light dark }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.1rem/1.5 system-ui, sans-serif }
main { max-width: 26rem; padding: 1.5rem; text-align: center }
button, a.button { display: inline-block; font: inherit; padding: .6rem 1.4rem; border: 0; border-radius: .5rem;
  background: #c8321e; color: #fff; text-decoration: none; cursor: pointer }
button:focus-visible, a:focus-visible { outline: 3px solid; outline-offset: 2px }
`;
const styleHash = createHash('sha256').update(style).digest('base64');

export interface SmallPage {
  readonly language: Language;
  readonly title: string;
  readonly lines: readonly string[];
  /** Each posts to the page's own address, or leads somewhere of ours. */
  readonly buttons?: readonly Button[];
  /** A path of ours to go on to at once: from here, and so with all cookies, wherever the visitor has come from. */
  readonly goOnTo?: string;
}

interface Button {
  readonly label: string;
  readonly href?: string;
}

/** A page of a few words, made here, without a script. The text may hold anything. */
export function sendSmallPage(reply: FastifyReply, page: SmallPage, status = 200): FastifyReply {
  if (page.goOnTo !== undefined) void reply.header('refresh', `0; url=${page.goOnTo}`);
  return reply
    .code(status)
    .headers({
      ...dataHeaders,
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      // With "no-referrer" browsers keep from us where a form was sent.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    })
    .send(html(page));
}

function html({ language, title, lines, buttons = [] }: SmallPage): string {
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

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
