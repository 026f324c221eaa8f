import { Parser } from 'htmlparser2';
import type { ProgrammeDetails, ProgrammeText } from '../../domain/channel.ts';
import { parseProviderTime } from '../../lib/parse-provider-time.ts';
import { plainText } from '../../lib/plain-text.ts';
import { guideKey } from './guide-key.ts';
import { detailsOf, type EpisodeNumber } from './programme-details.ts';
import { ProgrammeTexts } from './programme-texts.ts';

/** A programme of the file. Times are epoch milliseconds. */
export interface ListedProgramme {
  /** The `guideKey` of the file's channel id. */
  readonly channel: string;
  readonly title: string;
  readonly description: string;
  readonly start: number;
  /** Null for a programme that lasts until the next one. */
  readonly stop: number | null;
  /** Null if there are none. */
  readonly details: ProgrammeDetails | null;
}

/** A channel of the file, by its `guideKey`, with all its names. */
export interface ListedChannel {
  readonly key: string;
  readonly names: readonly string[];
}

/** The receiver of what is parsed, in the file's order. */
export interface XmltvHandler {
  readonly onProgramme: (programme: ListedProgramme) => void;
  readonly onChannel?: (channel: ListedChannel) => void;
  /** Whether a programme is of any use; the texts of others are not looked at. All are by default. */
  readonly isWanted?: (channel: string, start: number, stop: number | null) => boolean;
  /** The language to take where a text comes in several, such as `fr`; else the first text is taken. */
  readonly language?: string | undefined;
}

/** The elements whose text is read. */
type Field = 'title' | 'sub-title' | 'desc' | 'category' | 'date' | 'episode-num' | 'display-name';

const fields: ReadonlySet<string> = new Set<Field>([
  'title',
  'sub-title',
  'desc',
  'category',
  'date',
  'episode-num',
  'display-name',
]);
/** Elements with pictures of their own. */
const withOwnIcons: ReadonlySet<string> = new Set(['rating', 'star-rating', 'credits', 'review']);

const TITLE_LIMIT = 300;
/** As much as a page shows; a week of all channels has a million descriptions. */
const DESCRIPTION_LIMIT = 600;
const NAME_LIMIT = 200;
const MOST_NAMES = 10;
/** The characters that are kept of one element; more of them mean a broken file. */
const MOST_TEXT = 20_000;
const LONGEST_ADDRESS = 1_000;

/** The programme that is being read. */
class Draft {
  readonly channel: string;
  readonly start: number;
  readonly stop: number | null;
  title = '';
  subTitle = '';
  desc = '';
  date = '';
  icon = '';
  hasNew = false;
  wasShown = false;
  categories: string[] | null = null;
  numbers: EpisodeNumber[] | null = null;
  /** The language of the first title and of the first description. */
  titleLanguage = '';
  descLanguage = '';
  /** Made for the second title. */
  inLanguages: ProgrammeTexts | null = null;
  texts: readonly ProgrammeText[] | null = null;
  /** The texts that are in the wished language. */
  preferred: Set<Field> | null = null;

  constructor(channel: string, start: number, stop: number | null) {
    this.channel = channel;
    this.start = start;
    this.stop = stop;
  }
}

/**
 * Parses XMLTV into programmes and channels as it arrives. It tolerates malformed XML. A programme without a channel, a start or
 * a title is left out.
 */
export class XmltvParser {
  readonly #handler: XmltvHandler;
  readonly #parser: Parser;
  #draft: Draft | null = null;
  #channel: { key: string; names: string[] } | null = null;
  #field: Field | null = null;
  #text = '';
  /** The attribute of the present element that decides about its text: `lang` or `system`. */
  #sort = '';
  #container: string | null = null;
  #isComplete = false;
  /** Most programmes are of the same channel as the one before. */
  #lastId = '';
  #lastKey = '';

  constructor(handler: XmltvHandler) {
    this.#handler = handler;
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => this.#open(name, attributes),
        ontext: (text) => {
          if (this.#field !== null && this.#text.length < MOST_TEXT) this.#text += text;
        },
        onclosetag: (name, isImplied) => this.#close(name, isImplied),
      },
      { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
    );
  }

  /** Takes the next part of the text. */
  push(text: string): void {
    this.#parser.write(text);
  }

  /** Ends the input. @returns whether the file was complete: a truncated file does not end with `</tv>`. */
  end(): boolean {
    this.#parser.end();
    return this.#isComplete;
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'programme') this.#begin(attributes);
    else if (name === 'channel') this.#beginChannel(attributes);
    else if (this.#draft) this.#openWithin(this.#draft, name, attributes);
    else if (this.#channel && name === 'display-name') this.#expect('display-name', '');
  }

  #begin({ channel = '', start: startText = '', stop: stopText = '' }: Readonly<Record<string, string>>) {
    this.#draft = null;
    this.#channel = null;
    this.#field = null;
    this.#container = null;
    const key = this.#keyOf(channel);
    const start = parseProviderTime(startText);
    if (start === null || key === '') return;
    const ends = stopText === '' ? null : parseProviderTime(stopText);
    const stop = ends !== null && ends > start ? ends : null;
    if (this.#handler.isWanted?.(key, start, stop) === false) return;
    this.#draft = new Draft(key, start, stop);
  }

  #beginChannel({ id = '' }: Readonly<Record<string, string>>): void {
    this.#draft = null;
    this.#field = null;
    const key = guideKey(id);
    this.#channel = key === '' ? null : { key, names: [] };
  }

  #openWithin(draft: Draft, name: string, attributes: Readonly<Record<string, string>>): void {
    if (fields.has(name))
      this.#expect(name as Field, (name === 'episode-num' ? attributes.system : attributes.lang) ?? '');
    else if (name === 'new') draft.hasNew = true;
    else if (name === 'previously-shown') draft.wasShown = true;
    else if (withOwnIcons.has(name)) this.#container = name;
    else if (name === 'icon' && this.#container === null && draft.icon === '') {
      const { src = '' } = attributes;
      if (src.length <= LONGEST_ADDRESS && /^https?:\/\/\S+$/i.test(src)) draft.icon = src;
    }
  }

  #expect(field: Field, sort: string): void {
    this.#field = field;
    this.#sort = sort;
    this.#text = '';
  }

  #close(name: string, isImplied: boolean): void {
    if (name === this.#field) {
      this.#field = null;
      if (this.#draft) this.#keep(this.#draft, name as Field);
      else if (this.#channel && this.#channel.names.length < MOST_NAMES) {
        const display = plainText(this.#text, NAME_LIMIT);
        if (display !== '') this.#channel.names.push(display);
      }
    } else if (name === this.#container) this.#container = null;
    else if (name === 'programme') this.#take();
    else if (name === 'channel') {
      if (this.#channel) this.#handler.onChannel?.(this.#channel);
      this.#channel = null;
    } else if (name === 'tv' && !isImplied) this.#isComplete = true;
  }

  #keep(draft: Draft, field: Field): void {
    const text = this.#text;
    switch (field) {
      case 'title':
        this.#keepTitle(draft, text);
        if (this.#isBetter(draft, field, draft.title))
          draft.title = plainText(text, TITLE_LIMIT) || draft.title;
        break;
      case 'sub-title':
        if (this.#isBetter(draft, field, draft.subTitle))
          draft.subTitle = plainText(text, TITLE_LIMIT) || draft.subTitle;
        break;
      case 'desc':
        if (draft.desc === '') draft.descLanguage = this.#sort;
        draft.inLanguages?.addDescription(this.#sort, plainText(text, DESCRIPTION_LIMIT));
        if (this.#isBetter(draft, field, draft.desc))
          draft.desc = plainText(text, DESCRIPTION_LIMIT) || draft.desc;
        break;
      case 'category':
        draft.categories ??= [];
        draft.categories.push(text);
        break;
      case 'date':
        draft.date ||= text;
        break;
      case 'episode-num':
        draft.numbers ??= [];
        draft.numbers.push({ system: this.#sort, text });
        break;
      case 'display-name':
        break;
    }
  }

  /** Keeps titles of several languages; most programmes have one. */
  #keepTitle(draft: Draft, text: string): void {
    if (draft.title === '') draft.titleLanguage = this.#sort;
    else {
      if (!draft.inLanguages) {
        draft.inLanguages = new ProgrammeTexts();
        draft.inLanguages.addTitle(draft.titleLanguage, draft.title);
        draft.inLanguages.addDescription(draft.descLanguage, draft.desc);
      }
      draft.inLanguages.addTitle(this.#sort, plainText(text, TITLE_LIMIT));
    }
  }

  /** Whether the present text is to be taken: the first one, or the first in the wished language. */
  #isBetter(draft: Draft, field: Field, known: string): boolean {
    const { language } = this.#handler;
    const isPreferred =
      language !== undefined && this.#sort !== '' && this.#sort.slice(0, 2).toLowerCase() === language;
    if (!isPreferred) return known === '';
    if (draft.preferred?.has(field)) return false;
    if (this.#text.trim() === '') return false;
    draft.preferred ??= new Set();
    draft.preferred.add(field);
    return true;
  }

  #take(): void {
    const draft = this.#draft;
    this.#draft = null;
    this.#field = null;
    if (!draft || draft.title === '') return;
    const { channel, title, desc: description, start, stop } = draft;
    if (draft.inLanguages) draft.texts = draft.inLanguages.all;
    this.#handler.onProgramme({ channel, title, description, start, stop, details: detailsOf(draft) });
  }

  #keyOf(id: string): string {
    if (id !== this.#lastId) {
      this.#lastId = id;
      this.#lastKey = guideKey(id);
    }
    return this.#lastKey;
  }
}
