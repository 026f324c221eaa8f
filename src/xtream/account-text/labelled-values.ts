import { unwrap } from './tidy-text.ts';

/** The values that providers label in their messages. */
export type Label = 'address' | 'port' | 'username' | 'password';

/** English and French labels as regular expressions. */
const words: Readonly<Record<Label | 'other', string>> = {
  address:
    'server ?(?:url|address|name|host)?|(?:url|adresse|nom) (?:du |de )?serveur|serveur(?: url)?|host ?(?:name|url)?|h[oô]te|portal ?(?:url)?|(?:url|adresse) du portail|portail|dns|domaine?|(?:m3u|xtream|iptv) ?(?:url|link|lien)|(?:url|link|lien|adresse) (?:m3u|xtream|iptv)|url|address|adresse|link|lien|m3u',
  port: 'port',
  username:
    "user ?_?-?(?:name|id)?|login|log-in|nom d ?'? ?utilisateur|utilisateur|identifiant|usager|id client",
  password: 'pass ?_?-?(?:word|code)?|passwd|pwd|pw|passe|mot de passe|mdp',
  other:
    'epg|xmltv|expir\\w*|valid\\w*|date|connections?|connexions?|status|statut|mac|type|output|package|bouquet|abonnement',
};
const names = Object.keys(words) as (keyof typeof words)[];
const anyLabel = names.map((name) => `(?<${name}>${words[name]})`).join('|');
/** A label before a colon, an equals sign or an arrow; or at the start of a line before a tab, a dash or the end of the line. */
const LABEL = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${anyLabel})(?:(?: (?:is|est))? ?"?(?:[:=]+>?|->|[→⇒➔➜➡▶►])|(?<=^[^\\p{L}\\p{N}\\n]{0,8}(?:${anyLabel.replace(/\?<\w+>/g, '?:')}))(?: ?\\t| - | ?\\| ?| ?$))`,
  'gimu',
);

/** The label that ends a text, as in "Server URL: "; null if none does. */
export function labelBefore(text: string): Label | null {
  const found = labelsIn(text.slice(-60)).at(-1);
  return found && /^[^\p{L}\p{N}]*$/u.test(text.slice(-60).slice(found.end)) ? found.label : null;
}

/** The value of each label in a text; the first counts. */
export function labelledValues(text: string): ReadonlyMap<Label, string> {
  const values = new Map<Label, string>();
  const found = labelsIn(text);
  for (const [index, { label, end }] of found.entries()) {
    const [value = ''] = text
      .slice(end, found[index + 1]?.start)
      .trim()
      .split(/\s/);
    const plain = /^"([^"]+)"/.exec(value)?.[1] ?? unwrap(value.replace(/[,;|]+$/, ''));
    if (label !== null && plain !== '' && !values.has(label)) values.set(label, plain);
  }
  return values;
}

/** The value behind the one label of a field's own kind, as in "Password: secret"; otherwise the text. */
export function withoutLabel(text: string, kind: Label): string {
  const [first, second] = labelsIn(text);
  const isOwn = first?.start === 0 && first.label === kind && !second && /^\s/.test(text.slice(first.end));
  return isOwn ? text.slice(first.end).trim() : text;
}

function labelsIn(text: string): { label: Label | null; start: number; end: number }[] {
  return [...text.matchAll(LABEL)].map((match) => {
    const name = names.find((each) => match.groups?.[each] !== undefined);
    return {
      label: name === undefined || name === 'other' ? null : name,
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}
