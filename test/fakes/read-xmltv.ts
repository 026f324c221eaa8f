import { SaxesParser } from 'saxes';

/** An element of a channel or a programme, in the order of the file. */
export interface XmltvElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A channel or a programme as it stands in a file. */
export interface XmltvRecord {
  readonly attributes: Readonly<Record<string, string>>;
  readonly elements: readonly XmltvElement[];
}

/** A programme with its times in epoch milliseconds. */
export interface ReadProgramme extends XmltvRecord {
  readonly channel: string;
  readonly title: string;
  readonly start: number;
  readonly stop: number;
}

/** A whole file. */
export interface ReadGuide {
  readonly channels: readonly XmltvRecord[];
  readonly programmes: readonly ReadProgramme[];
}

/**
 * Reads XMLTV as the strictest reader does: by an XML parser that knows nothing of us and refuses every fault, and with times in
 * the one form that Kodi reads.
 * @throws for a file that is not well-formed XML, that has a channel after a programme, or another form of a time
 */
export function readXmltv(text: string): ReadGuide {
  const channels: XmltvRecord[] = [];
  const programmes: ReadProgramme[] = [];
  let record: { attributes: Record<string, string>; elements: XmltvElement[] } | null = null;
  let element: { attributes: Record<string, string>; text: string } | null = null;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'channel' || name === 'programme') record = { attributes, elements: [] };
    else if (record) element = { attributes, text: '' };
  });
  parser.on('text', (part) => {
    if (element) element.text += part;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'channel' && record) {
      if (programmes.length > 0) throw new Error('a channel after a programme');
      channels.push(record);
      record = null;
    } else if (name === 'programme' && record) {
      programmes.push(toProgramme(record));
      record = null;
    } else if (element) {
      record?.elements.push({ name, ...element });
      element = null;
    }
  });
  parser.write(text).close();
  return { channels, programmes };
}

/** The texts of a record's elements of one name. */
export function textsOf({ elements }: XmltvRecord, name: string): string[] {
  return elements.filter((element) => element.name === name).map(({ text }) => text);
}

function toProgramme(record: XmltvRecord): ReadProgramme {
  const { start = '', stop = '', channel = '' } = record.attributes;
  return {
    ...record,
    channel,
    title: textsOf(record, 'title')[0] ?? '',
    start: timeOf(start),
    stop: timeOf(stop),
  };
}

function timeOf(text: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d) \+0000$/.exec(text) ?? [];
  if (parts.length === 0) throw new Error(`no time: ${text}`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
