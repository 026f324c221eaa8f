import type { APIEmbed } from 'discord.js';
import type { SpecSchema } from 'discord-api-spec/zod';
import { refusal } from './api-error.ts';
import { type FormProblem, parseForm, refuseProblems } from './error-tree.ts';
import { type MessageBody, messageFlags } from './messages.ts';
import type { UploadedFile } from './request-body.ts';
import { componentProblems } from './validate-components.ts';
import { urlProblems } from './validate-url.ts';

/** Flags that a bot may set: SUPPRESS_EMBEDS, EPHEMERAL, SUPPRESS_NOTIFICATIONS, IS_COMPONENTS_V2. */
const settableFlags = 4 | messageFlags.ephemeral | 4096 | messageFlags.componentsV2;

/**
 * Parses the message in a body.
 * @param base the message's path in the body, for the paths of the problems.
 * @throws 50035 with all its problems, 50006 if it is empty
 */
export function checkMessage(
  schema: SpecSchema<MessageBody>,
  value: unknown,
  {
    creates,
    files = [],
    wasV2 = false,
    base = [],
  }: {
    creates: boolean;
    files?: readonly UploadedFile[];
    wasV2?: boolean;
    base?: readonly PropertyKey[];
  },
): MessageBody {
  const body = parseForm(schema, value ?? {}, base);
  const v2 = wasV2 || ((body.flags ?? 0) & messageFlags.componentsV2) !== 0;
  refuseProblems(
    [
      ...contentProblems(body, v2),
      ...flagProblems(body),
      ...mentionProblems(body),
      ...embedProblems(body.embeds ?? []),
      ...componentProblems(body.components ?? [], v2),
    ],
    base,
  );
  const empty = !body.content && !body.embeds?.length && !body.components?.length && files.length === 0;
  if (creates && empty) throw refusal(50006);
  return body;
}

function contentProblems(body: MessageBody, v2: boolean): FormProblem[] {
  // The schema allows the 4,000 characters of paying users.
  if (body.content && body.content.length > 2000) {
    return [{ path: ['content'], code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }];
  }
  if (!v2) return [];
  const used = (['content', 'embeds'] as const).filter((field) => body[field]?.length);
  return used.map((field) => ({
    path: [field],
    code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    message: `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
  }));
}

function flagProblems({ flags }: MessageBody): FormProblem[] {
  if (!flags || (flags & ~settableFlags) === 0) return [];
  return [{ path: ['flags'], code: 'MESSAGE_FLAGS_INVALID', message: 'A bot may not set these flags.' }];
}

function mentionProblems({ allowed_mentions: allowed }: MessageBody): FormProblem[] {
  return (['users', 'roles'] as const)
    .filter((kind) => allowed?.[kind]?.length && allowed.parse?.some((parsed) => parsed === kind))
    .map((kind) => ({
      path: ['allowed_mentions'],
      code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      message: `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
    }));
}

function embedProblems(embeds: readonly APIEmbed[]): FormProblem[] {
  const problems = embeds.flatMap((embed, index) => [
    ...fieldProblems(embed, ['embeds', index]),
    ...urlProblems(embed.url, ['embeds', index, 'url']),
    ...urlProblems(embed.author?.url, ['embeds', index, 'author', 'url']),
    ...urlProblems(embed.author?.icon_url, ['embeds', index, 'author', 'icon_url'], { attachment: true }),
    ...urlProblems(embed.footer?.icon_url, ['embeds', index, 'footer', 'icon_url'], { attachment: true }),
    ...urlProblems(embed.image?.url, ['embeds', index, 'image', 'url'], { attachment: true }),
    ...urlProblems(embed.thumbnail?.url, ['embeds', index, 'thumbnail', 'url'], { attachment: true }),
  ]);
  const size = embeds.reduce((sum, embed) => sum + embedSize(embed), 0);
  if (size > 6000) {
    problems.push({
      path: ['embeds'],
      code: 'MAX_EMBED_SIZE_EXCEEDED',
      message: 'Embed size exceeds maximum size of 6000',
    });
  }
  return problems;
}

function fieldProblems(embed: APIEmbed, base: readonly PropertyKey[]): FormProblem[] {
  const required = (path: readonly PropertyKey[]): FormProblem => ({
    path: [...base, ...path],
    code: 'BASE_TYPE_REQUIRED',
    message: 'This field is required',
  });
  const problems = (embed.fields ?? []).flatMap(({ name, value }, index) => [
    ...(name.trim() === '' ? [required(['fields', index, 'name'])] : []),
    ...(value.trim() === '' ? [required(['fields', index, 'value'])] : []),
  ]);
  if (embed.author && !embed.author.name) problems.push(required(['author', 'name']));
  if (embed.footer && !embed.footer.text) problems.push(required(['footer', 'text']));
  const { title, description, fields, author, footer, image, thumbnail } = embed;
  if (!title && !description && !fields?.length && !author && !footer && !image && !thumbnail) {
    problems.push(required(['description']));
  }
  return problems;
}

function embedSize({ title, description, fields, author, footer }: APIEmbed): number {
  const texts = [title, description, author?.name, footer?.text];
  for (const { name, value } of fields ?? []) texts.push(name, value);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
