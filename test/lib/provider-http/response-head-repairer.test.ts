import { describe, expect, it } from 'vitest';
import { ResponseHeadRepairer } from '../../../src/lib/provider-http/response-head-repairer.ts';

/** The parser's input for an answer that arrives in pieces of this many bytes. */
function mend(answer: string, size = answer.length): string {
  const mender = new ResponseHeadRepairer();
  let mended = '';
  for (let at = 0; at < answer.length; at += size)
    mended += mender.take(Buffer.from(answer.slice(at, at + size), 'latin1'))?.toString('latin1') ?? '';
  return mended + (mender.end()?.toString('latin1') ?? '');
}

const head = (...lines: string[]) => ['HTTP/1.1 200 -', ...lines, 'Connection: close', '', ''].join('\r\n');

describe('HeadMender', () => {
  it.each([
    ['a head by the book', 'HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody', `${head('A: b')}body`],
    ['Shoutcast’s status line', 'ICY 200 OK\r\nicy-name: x\r\n\r\nbody', `${head('icy-name: x')}body`],
    ['lines that end in LF', 'HTTP/1.0 200 OK\nA: b\nC: d\n\nbody', `${head('A: b', 'C: d')}body`],
    ['lines that end in CR', 'HTTP/1.0 200 OK\rA: b\r\rbody', `${head('A: b')}body`],
    ['line ends of both kinds', 'HTTP/1.0 200 OK\r\nA: b\n\r\nbody', `${head('A: b')}body`],
    ['empty lines before it', '\r\n\nHTTP/1.1 200 OK\r\n\r\nbody', `${head()}body`],
    ['no reason phrase', 'HTTP/1.1 200\r\n\r\nbody', `${head()}body`],
    ['another version', 'HTTP/2.0 200 OK\r\n\r\nbody', `${head()}body`],
    ['no version', 'HTTP 200 OK\r\n\r\nbody', `${head()}body`],
    ['small letters and blanks', 'http/1.1  200  ok\r\n\r\nbody', `${head()}body`],
    [
      'a control character in a value',
      'HTTP/1.1 200 OK\r\nA: a\u0001\0b\r\n\r\nbody',
      `${head('A: ab')}body`,
    ],
    ['Latin-1 in a value', 'HTTP/1.1 200 OK\r\nA: é\r\n\r\nbody', `${head('A: é')}body`],
    ['a blank in a name', 'HTTP/1.1 200 OK\r\nContent Type: x\r\n\r\nbody', `${head('Content-Type: x')}body`],
    ['a blank before the colon', 'HTTP/1.1 200 OK\r\nA : b\r\n\r\nbody', `${head('A: b')}body`],
    ['a blank before the name', 'HTTP/1.1 200 OK\r\n A: b\r\n\r\nbody', `${head('A: b')}body`],
    [
      'a value on the next line',
      'HTTP/1.1 200 OK\r\nA:\r\n http://x\r\n\r\nbody',
      `${head('A: http://x')}body`,
    ],
    ['lines that are no headers', 'HTTP/1.1 200 OK\r\nrubbish\r\n: x\r\n\r\nbody', `${head()}body`],
    ['no head at all', 'G@@@body', `${head()}G@@@body`],
    ['an interim answer', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody', `${head()}body`],
    ['a connection that is to stay', 'HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n\r\nx', `${head()}x`],
    ['a length', 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody', `${head('Content-Length: 4')}body`],
    [
      'one length twice',
      'HTTP/1.1 200 OK\nContent-Length: 4\nContent-Length: 4\n\nbody',
      `${head('Content-Length: 4')}body`,
    ],
    ['two lengths', 'HTTP/1.1 200 OK\nContent-Length: 4\nContent-Length: 5\n\nbody', `${head()}body`],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nbody', `${head()}body`],
    ['a length beyond all', 'HTTP/1.1 200 OK\nContent-Length: 18446744073709551615\n\nbody', `${head()}body`],
    [
      'a length beside chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 9\r\n\r\n4\r\nbody\r\n0\r\n\r\n',
      `${head('Transfer-Encoding: chunked')}4\r\nbody\r\n0\r\n\r\n`,
    ],
    ['chunks that are none', 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nbody', `${head()}body`],
    ['an unknown transfer encoding', 'HTTP/1.1 200 OK\nTransfer-Encoding: identity\n\nbody', `${head()}body`],
    ['a head that is cut off', 'HTTP/1.1 200 OK\r\nA: b', 'HTTP/1.1 200 OK\r\nA: b'],
  ])('reads %s in pieces of any length', (_, answer, expected) => {
    for (const size of [answer.length, 1, 7]) expect(mend(answer, size)).toBe(expected);
  });

  it('passes the data after the head unchanged', () => {
    const mender = new ResponseHeadRepairer();
    mender.take(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'));
    expect(mender.isDone).toBe(true);
    const chunk = Buffer.from('ICY 200 OK\n\n');
    expect(mender.take(chunk)).toBe(chunk);
    expect(mender.end()).toBeNull();
  });

  it('does not wait for the end of an endless head', () => {
    const mender = new ResponseHeadRepairer();
    mender.take(Buffer.from('HTTP/1.1 200 OK\r\n'));
    for (let part = 0; part < 300 && !mender.isDone; part++) mender.take(Buffer.alloc(1024, 'a'));
    expect(mender.isDone).toBe(true);
  });
});
