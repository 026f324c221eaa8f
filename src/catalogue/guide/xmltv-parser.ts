import { Parser } from 'htmlparser2';
import { parseProviderTime } from '../../lib/parse-provider-time.ts';
import { plainText } from '../../lib/plain-text.ts';
import { guideKey } from './guide-key.ts';

/** A programme of the file. Times are epoch milliseconds. */
export interface ListedProgramme {
  /** The `guideKey` of the file's channel id. */
  readonly channel: string;
  readonly title: string;
  readonly description: string;
  readonly start: number;
  /** Null for a programme that lasts until the next one. */
  readonly stop: number | null;
}

/** The text elements of a programme. */
type Field = 'title' | 'sub-title' | 'desc';

const TITLE_LIMIT = 300;
/** As much as a page shows; a week of all channels has a million descriptions. */
const DESCRIPTION_LIMIT = 600;
/** The characters that are kept of one element; more of them mean a broken file. */
const MOST_TEXT = 20_000;

/**
 * Parses XMLTV into programmes as it arrives. It tolerates malformed XML. A programme without a channel, a start or a title is
 * left out. Of titles in several languages, the first one is used.
 */
export class XmltvParser {
  readonly #onProgramme: (programme: ListedProgramme) => void;
  readonly #parser: Parser;
  #attributes: Readonly<Record<string, string>> | null = null;
  #field: Field | null = null;
  #texts: Partial<Record<Field, string>> = {};
  #isComplete = false;

  constructor(onProgramme: (programme: ListedProgramme) => void) {
    this.#onProgramme = onProgramme;
    this.#parser = new Parser(
      {
        onopentag: (name, attributes) => this.#open(name, attributes),
        ontext: (text) => this.#text(text),
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

  #open(name: string, attributes: Record<string, string>): void {
    if (name === 'programme') {
      this.#attributes = attributes;
      this.#texts = {};
    } else if ((name === 'title' || name === 'sub-title' || name === 'desc') && !this.#texts[name]) {
      this.#field = name;
    }
  }

  #text(text: string): void {
    if (!this.#field || !this.#attributes) return;
    const before = this.#texts[this.#field] ?? '';
    if (before.length < MOST_TEXT) this.#texts[this.#field] = before + text;
  }

  #close(name: string, isImplied: boolean): void {
    if (name === this.#field) this.#field = null;
    else if (name === 'programme') this.#take();
    else if (name === 'tv' && !isImplied) this.#isComplete = true;
  }

  #take(): void {
    const { channel = '', start: startText = '', stop: stopText = '' } = this.#attributes ?? {};
    const texts = this.#texts;
    this.#attributes = null;
    this.#field = null;
    const start = parseProviderTime(startText);
    const title = plainText(texts.title ?? '', TITLE_LIMIT);
    if (start === null || title === '' || channel.trim() === '') return;
    const stop = parseProviderTime(stopText);
    const description = [texts['sub-title'], texts.desc]
      .map((text) => plainText(text ?? '', DESCRIPTION_LIMIT))
      .filter((text) => text !== '')
      .join(' · ');
    this.#onProgramme({
      channel: guideKey(channel),
      title,
      description,
      start,
      stop: stop !== null && stop > start ? stop : null,
    });
  }
}
