import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/lib/plain-text.ts';

describe('plainText', () => {
  it.each([
    ['  TF1   HD ', 'TF1 HD'],
    ['M6 &amp; W9', 'M6 & W9'],
    ['M6 &amp;amp; W9', 'M6 & W9'],
    ['T&eacute;l&eacute;&nbsp;Qu&#233;bec &#x1F1E8;&#x1F1E6;', 'Télé Québec 🇨🇦'],
    ['L&#039;&Eacute;quipe', "L'Équipe"],
    ['&OElig;uvre &hellip; 5 &euro; &hearts;', 'Œuvre … 5 € ♥'],
    ['&#55357;&#56832; &copy &amp', '😀 &copy &amp'],
    ['<b>Canal+</b> <font color="red">Sport</font>', 'Canal+ Sport'],
    ['Line<br/>two', 'Line two'],
    ['&lt;b&gt;RTL&lt;/b&gt;', 'RTL'],
    ['A < B > C', 'A < B > C'],
    ['&unknown; &#0; &#99999999;', '&unknown; &#0; &#99999999;'],
    ['Arte\u0000\u0007\r\nHD', 'Arte HD'],
    ['evil\u202egpj.exe', 'evil gpj.exe'],
    ['👨‍👩‍👧 Family 🇫🇷', '👨‍👩‍👧 Family 🇫🇷'],
    ['سي إن بي سي', 'سي إن بي سي'],
    ['half \ud83d', 'half'],
    ['&nbsp; ', ''],
  ])('makes %j plain', (raw, plain) => {
    expect(plainText(raw)).toBe(plain);
  });

  it('cuts long texts without leaving half an emoji', () => {
    expect(plainText(`${'a'.repeat(9)}😀`, 10)).toBe('a'.repeat(9));
  });
});
