import { describe, expect, it } from 'vitest';
import { accountId } from '../../src/domain/ids.ts';
import { type ListedChannel, type ListOutcome, ListParser } from '../../src/m3u/list-parser.ts';

interface Parsed {
  readonly found: readonly ListedChannel[];
  readonly outcome: ListOutcome;
}

function parse(list: string | Buffer, chunk = Number.POSITIVE_INFINITY): Parsed {
  const found: ListedChannel[] = [];
  const options = { account: accountId('m1'), base: 'http://tv.example/lists/all.m3u?token=s3cret' };
  const parser = new ListParser(options, (channel) => found.push(channel));
  const bytes = Buffer.from(list as string);
  for (let at = 0; at < bytes.length; at += chunk) parser.push(bytes.subarray(at, at + chunk));
  return { found, outcome: parser.end() };
}

/** What a list means, one line a channel: the name, then what differs from an entry without attributes. */
function summary({ found, outcome }: Parsed): string[] {
  if (outcome.kind !== 'list') return [outcome.kind];
  const groups = new Map(outcome.categories.map(({ id, name }) => [id, name]));
  const lines = found.map(({ channel, addresses }) =>
    [
      channel.name,
      channel.number === null ? '' : `#${channel.number}`,
      channel.categoryId === null ? '' : `[${groups.get(channel.categoryId)}]`,
      channel.epgId ?? '',
      channel.logo ?? '',
      channel.archiveDays === 0 ? '' : `${channel.archiveDays} days`,
      ...addresses.map(({ url, userAgent, headers, isDrm }) =>
        [url, userAgent, headers && JSON.stringify(headers), isDrm && 'DRM'].filter(Boolean).join(' '),
      ),
    ]
      .filter((part) => part !== '')
      .join(' '),
  );
  if (outcome.films > 0) lines.push(`${outcome.films} films`);
  if (outcome.dropped > 0) lines.push(`${outcome.dropped} dropped`);
  return [...lines, ...outcome.guides.map((guide) => `guide ${guide}`)];
}

const A = 'http://a.example/1';
const B = 'http://b.example/2';
const entry = (info: string, ...more: string[]) => ['#EXTM3U', `#EXTINF:${info}`, ...more, A].join('\n');

/** A list, and what it means. */
const lists: readonly (readonly [string, string | Buffer, readonly string[]])[] = [
  // names and durations
  ['an entry', entry('-1,TF1'), [`TF1 ${A}`]],
  ['commas in a name', entry('-1 tvg-id="x",News, Sports, and more'), [`News, Sports, and more x ${A}`]],
  ['no duration', entry('tvg-id="x",TF1'), [`TF1 x ${A}`]],
  ['nothing but a name', entry(',TF1'), [`TF1 ${A}`]],
  ['no comma', entry('-1 tvg-id="x" TF1 HD'), [`TF1 HD x ${A}`]],
  ['no name but tvg-name', entry('-1 tvg-name="TF1",'), [`TF1 ${A}`]],
  ['no name but tvg-id', entry('-1 tvg-id="tf1.fr",'), [`tf1.fr tf1.fr ${A}`]],
  ['no name at all', entry('-1,'), ['1 dropped']],
  ['a comma behind the duration', entry('-1, tvg-id="x" group-title="G",TF1'), [`TF1 [G] x ${A}`]],
  [
    'emoji and entities',
    entry('-1,|FR| Tom &amp; Jerry 📺 &#233;t&eacute;'),
    [`|FR| Tom & Jerry 📺 été ${A}`],
  ],
  ['a fraction as duration', entry('-1.0 tvg-id="x",TF1'), [`TF1 x ${A}`]],
  // quotes
  ['single quotes', entry(`-1 tvg-id='a b' group-title='G',TF1`), [`TF1 [G] a b ${A}`]],
  ['no quotes', entry('-1 tvg-id=x group-title=World News tvg-chno=7,TF1'), [`TF1 #7 [World News] x ${A}`]],
  ['an empty value without quotes', entry('-1 tvg-id= group-title="G",TF1'), [`TF1 [G] ${A}`]],
  ['blanks around =', entry('-1 tvg-id = "x" group-title= "G",TF1'), [`TF1 [G] x ${A}`]],
  ['quotes within quotes', entry('-1 tvg-name="Le "12/45"" group-title="G",TF1'), [`TF1 [G] ${A}`]],
  ['a quote that is missing', entry('-1 tvg-id="x group-title="G" tvg-chno="3",TF1'), [`TF1 #3 [G] x ${A}`]],
  ['a last quote that is missing', entry('-1 tvg-id="x" group-title="G,TF1'), [`TF1 [G] x ${A}`]],
  ['commas in a value', entry('-1 group-title="A, B" tvg-id="x",TF1, HD'), [`TF1, HD [A, B] x ${A}`]],
  [
    'an apostrophe in a value',
    entry(`-1 group-title="L'info" tvg-id="x",C'est TV`),
    [`C'est TV [L'info] x ${A}`],
  ],
  [
    'no blank between attributes',
    entry('-1 tvg-id="x"tvg-chno="4"group-title="G",TF1'),
    [`TF1 #4 [G] x ${A}`],
  ],
  ['an attribute twice', entry('-1 tvg-id="" tvg-id="x" tvg-id="y",TF1'), [`TF1 x ${A}`]],
  ['a logo that is no address', entry('-1 tvg-logo="data:image/png;base64,AAAA",TF1'), [`TF1 ${A}`]],
  // dialects
  [
    'another dialect',
    entry('-1 channel-id="x" channel-number="5" logo="http://l.example/1.png",TF1'),
    [`TF1 #5 x http://l.example/1.png ${A}`],
  ],
  ['capitals', entry('-1 TVG-ID="x" Group-Title="G",TF1').replace('#EXTINF', '#extinf'), [`TF1 [G] x ${A}`]],
  ['#EXTGRP', entry('-1,TF1', '#EXTGRP:News'), [`TF1 [News] ${A}`]],
  [
    '#EXTGRP for all that follow',
    `#EXTM3U\n#EXTGRP:News\n#EXTINF:-1,A\n${A}\n#EXTINF:-1,B\n${B}`,
    [`A [News] ${A}`, `B [News] ${B}`],
  ],
  ['several groups', entry('-1 group-title="News;World",TF1'), [`TF1 [News] ${A}`]],
  ['radio', entry('-1 radio="true",France Inter'), [`France Inter ${A}`]],
  // archives
  ['an archive', entry('-1 catchup="default" catchup-days="7" catchup-source="x",TF1'), [`TF1 7 days ${A}`]],
  ['an archive of unknown length', entry('-1 catchup="shift",TF1'), [`TF1 1 days ${A}`]],
  [
    'an archive that nobody knows how to ask for',
    entry('-1 catchup="vod" catchup-days="7",TF1'),
    [`TF1 ${A}`],
  ],
  ['tvg-rec', entry('-1 tvg-rec="3",TF1'), [`TF1 3 days ${A}`]],
  ['timeshift', entry('-1 timeshift="99",TF1'), [`TF1 31 days ${A}`]],
  ['no archive', entry('-1 tvg-rec="0" catchup="none" catchup-days="7",TF1'), [`TF1 ${A}`]],
  [
    'an archive of all',
    `#EXTM3U catchup="shift" catchup-days="2"\n#EXTINF:-1,TF1\n${A}`,
    [`TF1 2 days ${A}`],
  ],
  // line ends and encodings
  ['CRLF', entry('-1,A').replaceAll('\n', '\r\n'), [`A ${A}`]],
  ['CR alone', entry('-1,A').replaceAll('\n', '\r'), [`A ${A}`]],
  ['tabs and blank lines', `\n\t#EXTM3U\n\n \t#EXTINF:-1\ttvg-id="x"\t,\tA\n\n\t${A} \n`, [`A x ${A}`]],
  ['a mark before it', `\ufeff${entry('-1,Été')}`, [`Été ${A}`]],
  ['Latin-1', Buffer.from(entry('-1,Été'), 'latin1'), [`Été ${A}`]],
  ['no #EXTM3U', `#EXTINF:-1,A\n${A}`, [`A ${A}`]],
  ['a PHP warning before it', `<br />\nWarning: x in /a.php on line 3\n${entry('-1,A')}`, [`A ${A}`]],
  // addresses
  [
    'a relative address',
    '#EXTM3U\n#EXTINF:-1,A\nch/1.m3u8\n#EXTINF:-1,B\n/2',
    ['A http://tv.example/lists/ch/1.m3u8', 'B http://tv.example/2'],
  ],
  ['no address', `#EXTM3U\n#EXTINF:-1,A\n#EXTINF:-1,B\n${B}\n#EXTINF:-1,C`, [`B ${B}`, '2 dropped']],
  ['an address without an entry', `#EXTM3U\n${A}\n#EXTINF:-1,B\n${B}`, [`B ${B}`, '1 dropped']],
  ['backups under one entry', entry('-1,A').concat('\n', B), [`A ${A} ${B}`]],
  [
    'an entry that is repeated',
    `${entry('-1 tvg-id="x",A')}\n#EXTINF:-1 tvg-id="x",A\n${B}\n#EXTINF:-1 tvg-id="x",A\n${A}`,
    [`A x ${A} ${B}`],
  ],
  [
    'multicast',
    '#EXTM3U\n#EXTINF:-1,A\nudp://@239.1.1.1:1234\n#EXTINF:-1,B\nrtsp://c.example/1\n#EXTINF:-1,C\nrtp://@:5004',
    ['A udp://239.1.1.1:1234', 'B rtsp://c.example/1', 'C rtp://0.0.0.0:5004'],
  ],
  // headers
  [
    'options of VLC',
    entry('-1,A', '#EXTVLCOPT:http-user-agent=Box/1.0 (TV; x)', '#EXTVLCOPT:http-referrer=http://r.example/'),
    [`A ${A} Box/1.0 (TV; x) {"referer":"http://r.example/"}`],
  ],
  [
    'options before the entry',
    `#EXTM3U\n#EXTVLCOPT:http-user-agent=Box\n#EXTINF:-1,A\n${A}\n#EXTINF:-1,B\n${B}`,
    [`A ${A} Box`, `B ${B}`],
  ],
  [
    'headers behind the address',
    `${entry('-1,A')}|User-Agent=Box%201&Referer=http%3A%2F%2Fr.example&Host=evil&Range=x`,
    [`A ${A} Box 1 {"referer":"http://r.example"}`],
  ],
  [
    'headers in attributes',
    entry('-1 http-user-agent="Box" http-referrer="http://r.example",A'),
    [`A ${A} Box {"referer":"http://r.example"}`],
  ],
  [
    '#EXTHTTP',
    entry('-1,A', '#EXTHTTP:{"User-Agent":"Box","cookie":"a=b"}'),
    [`A ${A} Box {"cookie":"a=b"}`],
  ],
  [
    'headers with line ends',
    `${entry('-1,A')}|X-A=1%0D%0AHost: evil&Connection=close`,
    [`A ${A} {"x-a":"1Host: evil"}`],
  ],
  [
    'headers of Kodi',
    entry('-1,A', '#KODIPROP:inputstream.adaptive.stream_headers=User-Agent=Box&Origin=http://o'),
    [`A ${A} Box {"origin":"http://o"}`],
  ],
  ['DRM', entry('-1,A', '#KODIPROP:inputstream.adaptive.license_type=com.widevine.alpha'), [`A ${A} DRM`]],
  // films
  [
    'films',
    [
      '#EXTM3U',
      '#EXTINF:-1,A',
      A,
      '#EXTINF:-1,Film',
      'http://p.example/movie/u/p/1.mkv',
      '#EXTINF:-1,S01E01',
      'http://p.example/series/u/p/2',
      '#EXTINF:5400,Long',
      B,
      '#EXTINF:0,B',
      B,
      '#EXTINF:-1,Clip',
      'http://c.example/x.MP4?t=1',
    ].join('\n'),
    [`A ${A}`, `B ${B}`, '4 films'],
  ],
  // guides
  [
    'a guide',
    `#EXTM3U url-tvg="http://g.example/1.xml.gz"\n#EXTINF:-1,A\n${A}`,
    [`A ${A}`, 'guide http://g.example/1.xml.gz'],
  ],
  [
    'several guides',
    '#EXTM3U x-tvg-url="http://g.example/1,http://g.example/2?a=1,2" url-tvg="http://g.example/1 guide.xml"',
    ['guide http://g.example/1', 'guide http://g.example/2?a=1,2', 'guide http://tv.example/lists/guide.xml'],
  ],
  // no lists
  ['nothing', '', []],
  ['an empty list', '#EXTM3U\n', []],
  ['a web page', '<!doctype html><title>x</title>', ['other']],
  ['JSON', '{"user_info":{"auth":0}}', ['other']],
  [
    'the playlist of a stream',
    '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXTINF:6.0,\nseg1.ts',
    ['stream'],
  ],
  ['the master playlist of a stream', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8', ['stream']],
];

describe('ListParser', () => {
  it.each(lists)('reads a list with %s', (_, list, expected) => {
    expect(summary(parse(list))).toEqual(expected);
    expect(summary(parse(list, 7))).toEqual(expected);
  });

  it('names channels by what stays when addresses change', () => {
    const list = (token: string) =>
      ['A', 'B', 'A']
        .map((name) => `#EXTINF:-1 group-title="G",${name}\nhttp://x.example/${token}`)
        .join('\n');
    const ids = (text: string) => parse(text).found.map(({ channel }) => channel.id);
    const [first, second, third] = ids(list('one'));
    expect(first).toMatch(/^m1:[a-z\d]{6,10}$/);
    expect(second).not.toBe(first);
    expect(third).toBe(`${first}-2`);
    expect(ids(list('two'))).toEqual([first, second, third]);
  });

  it('tells channels of the same tvg-id apart, and joins groups that differ in capitals', () => {
    const { found, outcome } = parse(
      `#EXTINF:-1 tvg-id="x" group-title="News",A\n${A}\n#EXTINF:-1 tvg-id="x" group-title="NEWS",B\n${B}`,
    );
    expect(new Set(found.map(({ channel }) => channel.id)).size).toBe(2);
    expect(outcome).toMatchObject({ categories: [{ name: 'News' }] });
  });

  it('skips a line of 100 MB', () => {
    const found: ListedChannel[] = [];
    const parser = new ListParser({ account: accountId('m1'), base: null }, (channel) => found.push(channel));
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    parser.push(Buffer.from(`#EXTINF:-1,A\n${A}\n#EXTINF:-1,B tvg-logo="`));
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 100; count++) parser.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * 1024 * 1024);
    parser.push(Buffer.from(`\n${B}\n#EXTINF:-1,C\n${B}\n`));
    expect(parser.end()).toMatchObject({ kind: 'list', dropped: 1 });
    expect(found.map(({ channel }) => channel.name)).toEqual(['A', 'C']);
  });
});
