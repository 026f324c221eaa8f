import type { MessageEntity } from 'grammy/types';
import { linkFault } from './links.ts';
import { badRequest, type Refusal } from './refusal.ts';

export interface ParsedHtml {
  readonly text: string;
  /** Entities, whose offsets and lengths are in UTF-16 code units as everywhere in the Bot API. */
  readonly entities: MessageEntity[];
  /** Links that the service drops silently, leaving plain text. */
  readonly droppedLinks: readonly string[];
}

interface OpenTag {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly offset: number;
}

type SimpleKind = 'bold' | 'italic' | 'underline' | 'strikethrough' | 'spoiler';
const simple: ReadonlyMap<string, SimpleKind> = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['span', 'spoiler'],
  ['tg-spoiler', 'spoiler'],
]);
const others = ['a', 'code', 'pre', 'blockquote', 'tg-emoji', 'tg-time'];
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));?/iy;
const tagName = /<([^\s>]*)/y;
const attribute = /\s*([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)(?=[\s>])))?/y;
const endTag = /<\/([^\s>]*)\s*>/y;

/**
 * Parses HTML as of core.telegram.org/bots/api#html-style, and refuses what the service refuses.
 * @throws {Refusal} 400 "can't parse entities: …"
 */
export function parseHtml(html: string): ParsedHtml {
  const open: OpenTag[] = [];
  const entities: MessageEntity[] = [];
  const droppedLinks: string[] = [];
  let text = '';
  let at = 0;
  while (at < html.length) {
    if (html.startsWith('</', at)) {
      const end = match(endTag, html, at);
      const started = open.pop();
      if (!started) throw fault(html, at, 'Unexpected end tag');
      if (!end) throw fault(html, at, 'Unclosed end tag');
      const found = (end[1] ?? '').toLowerCase();
      if (found && found !== started.tag)
        throw fault(html, at, 'Unmatched end tag', `, expected "</${started.tag}>", found "</${found}>"`);
      if (text.length > started.offset) close(started, text, entities, droppedLinks);
      at += end[0].length;
    } else if (html[at] === '<') {
      const { tag, attributes, length } = startTag(html, at);
      open.push({ tag, attributes, offset: text.length });
      at += length;
    } else {
      const { decoded, length } = character(html, at);
      text += decoded;
      at += length;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed)
    throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
  return { text, entities, droppedLinks };
}

function startTag(html: string, from: number): Omit<OpenTag, 'offset'> & { length: number } {
  const tag = (match(tagName, html, from)?.[1] ?? '').toLowerCase();
  let at = from + 1 + tag.length;
  if (at >= html.length) throw fault(html, from, 'Unclosed start tag');
  if (!simple.has(tag) && !others.includes(tag)) throw fault(html, from, `Unsupported start tag "${tag}"`);
  const attributes = new Map<string, string>();
  for (;;) {
    const blank = /^\s*/.exec(html.slice(at))?.[0].length ?? 0;
    if (html[at + blank] === '>') {
      at += blank + 1;
      break;
    }
    const found = match(attribute, html, at);
    if (!found) throw fault(html, from, 'Unclosed start tag');
    const [whole, name = '', double, single, bare] = found;
    const value = double ?? single ?? bare?.toLowerCase();
    if (value === undefined && name !== 'expandable')
      throw fault(html, from, `Expected equal sign in declaration of an attribute of the tag "${tag}"`);
    attributes.set(name.toLowerCase(), decodeAll(value ?? ''));
    at += whole.length;
  }
  if (tag === 'span' && attributes.get('class') !== 'tg-spoiler')
    throw fault(html, from, 'Tag "span" must have class "tg-spoiler"');
  return { tag, attributes, length: at - from };
}

function close({ tag, attributes, offset }: OpenTag, text: string, out: MessageEntity[], dropped: string[]) {
  const length = text.length - offset;
  const inner = text.slice(offset);
  const last = out.at(-1);
  const kind = simple.get(tag);
  if (kind) {
    out.push({ type: kind, offset, length });
  } else if (tag === 'a') {
    const url = attributes.get('href') || inner;
    if (linkFault(url)) dropped.push(url);
    else out.push({ type: 'text_link', offset, length, url });
  } else if (tag === 'pre') {
    const language = last?.type === 'code' && last.offset === offset ? codeLanguage.get(last) : undefined;
    if (language) out.pop();
    out.push({ type: 'pre', offset, length, ...(language ? { language } : {}) });
  } else if (tag === 'code') {
    const entity: MessageEntity = { type: 'code', offset, length };
    const language = /^language-(.+)/.exec(attributes.get('class') ?? '')?.[1];
    if (language) codeLanguage.set(entity, language);
    out.push(entity);
  } else if (tag === 'blockquote') {
    out.push({ type: attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote', offset, length });
  } else if (tag === 'tg-emoji') {
    const id = attributes.get('emoji-id') ?? '';
    if (!/^\d+$/.test(id))
      throw badRequest("can't parse entities: Invalid custom emoji identifier specified");
    out.push({ type: 'custom_emoji', offset, length, custom_emoji_id: id });
  } else {
    const unixTime = Number(attributes.get('unix'));
    // The format only concerns clients.
    out.push({ type: 'date_time', offset, length, unix_time: unixTime, date_time_format: '' });
  }
}

/** `<pre><code class="language-x">` becomes one entity, which is known only when the outer tag closes. */
const codeLanguage = new WeakMap<MessageEntity, string>();

function character(html: string, at: number): { decoded: string; length: number } {
  const found = html[at] === '&' ? match(reference, html, at) : null;
  if (found) {
    const [whole, decimal, hex, name] = found;
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : 0;
    const decoded = name ? named[name] : code > 0 && code < 0x10ffff ? String.fromCodePoint(code) : undefined;
    // An unknown reference stays as text, including the ampersand.
    if (decoded) return { decoded, length: whole.length };
  }
  return { decoded: html[at] ?? '', length: 1 };
}

function decodeAll(value: string): string {
  let text = '';
  for (let at = 0; at < value.length; ) {
    const { decoded, length } = character(value, at);
    text += decoded;
    at += length;
  }
  return text;
}

function match(pattern: RegExp, subject: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(subject);
}

function fault(html: string, at: number, what: string, more = ''): Refusal {
  return badRequest(
    `can't parse entities: ${what} at byte offset ${Buffer.byteLength(html.slice(0, at))}${more}`,
  );
}
