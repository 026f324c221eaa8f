import type { Language } from '../domain/actor.ts';
import { fillIn } from './fill-in.ts';

/** What a field must be, where no rule of its type says it. */
export const fieldRules = ['channel', 'channels', 'many', 'name', 'time', 'pair', 'day', 'missing'] as const;

/** What is wrong with a field of a request, or with its body. */
export interface FieldProblem {
  /** Its place, such as `start` or `items/0/title`; empty for the body. */
  readonly field: string;
  readonly rule:
    | (typeof fieldRules)[number]
    | 'string'
    | 'number'
    | 'int'
    | 'boolean'
    | 'object'
    | 'array'
    | 'long'
    | 'short'
    | 'high'
    | 'low'
    | 'choice'
    | 'other'
    | 'json'
    | 'large';
  readonly params?: Readonly<Record<string, string | number>>;
}

type Texts = Readonly<Record<FieldProblem['rule'], string>>;

const texts: Readonly<Record<Language, Texts>> = {
  en: {
    channel: '{field} must be the number of a channel, or its id',
    channels: '{field} must be channel ids, separated by commas',
    many: '{field} may name {most} channels at most',
    name: '{field} must have letters or digits, {most} characters at most',
    pair: 'from and to come together',
    day: 'to must be after from, by a day at most',
    time: '{field} must be a time, in ISO 8601 with its zone or in seconds since 1970',
    missing: '{field} is missing',
    string: '{field} must be a text',
    number: '{field} must be a number',
    int: '{field} must be a whole number',
    boolean: '{field} must be true or false',
    object: '{field} must be an object (JSON)',
    array: '{field} must be a list (JSON)',
    long: '{field} may have {most} characters at most',
    short: '{field} needs at least {least} characters',
    high: '{field} may be {most} at most',
    low: '{field} must be at least {least}',
    choice: '{field} must be one of these: {choices}',
    other: '{field} cannot be read',
    json: '{field} must be JSON, with the header Content-Type: application/json',
    large: '{field} is too large',
  },
  fr: {
    channel: '{field} doit être le numéro d’une chaîne, ou son identifiant',
    channels: '{field} doit être une suite d’identifiants de chaînes, séparés par des virgules',
    many: '{field} a {most} chaînes au plus',
    name: '{field} doit avoir des lettres ou des chiffres, {most} caractères au plus',
    pair: 'from et to vont ensemble',
    day: 'to doit venir après from, d’un jour au plus',
    time: '{field} doit être une heure, en ISO 8601 avec son fuseau ou en secondes depuis 1970',
    missing: '{field} manque',
    string: '{field} doit être un texte',
    number: '{field} doit être un nombre',
    int: '{field} doit être un nombre entier',
    boolean: '{field} doit être true ou false',
    object: '{field} doit être un objet (JSON)',
    array: '{field} doit être une liste (JSON)',
    long: '{field} a {most} caractères au plus',
    short: '{field} doit avoir au moins {least} caractères',
    high: '{field} vaut {most} au plus',
    low: '{field} vaut au moins {least}',
    choice: '{field} doit être l’un de ceux-ci : {choices}',
    other: '{field} est illisible',
    json: '{field} doit être du JSON, avec l’en-tête Content-Type: application/json',
    large: '{field} est trop grand',
  },
};
const body: Readonly<Record<Language, string>> = { en: 'the body', fr: 'le corps' };

/** All problems of a request, as the detail of `bad_request`. */
export function requestProblem(language: Language, problems: readonly FieldProblem[]): string {
  return problems
    .map(({ field, rule, params }) =>
      fillIn(texts[language][rule], { ...params, field: field === '' ? body[language] : field }),
    )
    .join('; ');
}
