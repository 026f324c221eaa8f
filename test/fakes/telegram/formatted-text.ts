import type { MessageEntity } from 'grammy/types';
import type { z } from 'zod';
import type { entity } from './fields.ts';
import { parseHtml } from './html.ts';
import { badRequest } from './refusal.ts';

export interface FormattedText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

export interface TextLimits {
  readonly empty: string | null;
  readonly most: number;
  readonly tooLong: string;
}

export const textLimits: TextLimits = {
  empty: 'message text is empty',
  most: 4096,
  tooLong: 'message is too long',
};
export const captionLimits: TextLimits = {
  empty: null,
  most: 1024,
  tooLong: 'message caption is too long',
};

interface Source {
  readonly text: string;
  readonly parseMode: string | undefined;
  readonly entities: readonly z.output<typeof entity>[] | undefined;
}

/**
 * Parses, trims and checks a text.
 * @throws {Refusal} 400 in the service's words
 */
export function formatText(
  source: Source,
  limits: TextLimits,
  complain: (text: string) => void,
): FormattedText {
  const { text, entities } = trim(parse(source, complain));
  if (text === '' && limits.empty)
    throw badRequest(source.text === '' ? limits.empty : 'text must be non-empty');
  // The service counts characters. UTF-16 units are never fewer, so this check is at least as strict.
  if (text.length > limits.most) throw badRequest(limits.tooLong);
  return { text, entities };
}

function parse({ text, parseMode, entities }: Source, complain: (text: string) => void): FormattedText {
  switch (parseMode?.toLowerCase()) {
    case undefined:
    case '':
      return { text, entities: (entities ?? []).map(plainEntity) };
    case 'html': {
      const { droppedLinks, ...parsed } = parseHtml(text);
      for (const link of droppedLinks)
        complain(`the link ${link} would silently become plain text: the service does not take it`);
      return parsed;
    }
    case 'markdown':
    case 'markdownv2':
      complain(`parse mode ${parseMode}: we write HTML, and the fake reads nothing else`);
      return { text, entities: [] };
    default:
      throw badRequest('unsupported parse_mode');
  }
}

/** Entities given by the bot itself. Besides links, only kinds without further fields are kept. */
function plainEntity({ type, offset, length, url }: z.output<typeof entity>): MessageEntity {
  if (type === 'text_link') return { type, offset, length, url: url ?? '' };
  if (type === 'pre') return { type, offset, length };
  const kind = plainKinds.find((known) => known === type);
  if (!kind) throw badRequest(`can't parse MessageEntity: Unsupported type "${type}" specified`);
  return { type: kind, offset, length };
}

const plainKinds = [
  'mention',
  'hashtag',
  'cashtag',
  'bot_command',
  'url',
  'email',
  'phone_number',
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'blockquote',
  'expandable_blockquote',
  'code',
] as const;

/** Trims blanks at both ends, and cuts entities accordingly, as the service does. */
function trim({ text, entities }: FormattedText): FormattedText {
  const trimmed = text.trim();
  const start = trimmed === '' ? 0 : text.indexOf(trimmed);
  const kept = entities.flatMap((entity) => {
    const from = Math.max(0, entity.offset - start);
    const to = Math.min(trimmed.length, entity.offset + entity.length - start);
    return to > from ? [{ ...entity, offset: from, length: to - from }] : [];
  });
  return { text: trimmed, entities: kept };
}
