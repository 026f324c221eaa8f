import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../src/bots/discord/markdown.ts';
import { renderReply } from '../../src/bots/discord/render-message.ts';
import type { Reply } from '../../src/commands/reply.ts';
import type { Line } from '../../src/words/line.ts';

const markdown = (text: string) => toMarkdown([[text]]);
const reply = (lines: readonly Line[], more: Partial<Reply> = {}): Reply => ({
  lines,
  isPrivate: false,
  ...more,
});
const json = (given: Reply) => {
  const { content, embeds, components } = renderReply(given);
  return {
    content,
    embeds: embeds.map((embed) => embed.toJSON()),
    rows: components.map((row) => row.toJSON().components),
  };
};
const action = (value: string) => ({ command: 'play', values: [value] });

describe('text from outside', () => {
  it.each([
    ['an address', 'see https://evil.example/x', 'see https\\://evil.example/x'],
    ['an invitation', 'join discord.gg/abc now', 'join discord\\.gg/abc now'],
    ['an invitation in capitals', 'DISCORD.GG/abc', 'DISCORD\\.GG/abc'],
    ['a long invitation', 'discordapp.com/invite/abc', 'discordapp\\.com/invite/abc'],
    ['a masked link', '[news](https://x.example)', '\\[news\\](https\\://x.example)'],
    ['an address in brackets', '<https://x.example>', '\\<https\\://x.example\\>'],
    ['somebody’s name', '<@500000000000000001>', '\\<@500000000000000001\\>'],
    ['a timestamp', '<t:1700000000:R>', '\\<t\\:1700000000\\:R\\>'],
    ['an emoji of a server', '<:tv:123>', '\\<\\:tv\\:123\\>'],
    ['the short name of an emoji', 'so :joy: it is', 'so \\:joy: it is'],
    ['a heading', '# News', '\\# News'],
    ['small print', '-# News', '\\-# News'],
    ['a list', '- News', '\\- News'],
    ['a list with stars', '* News', '\\* News'],
    ['a list with plus signs', '+ News', '\\+ News'],
    ['a numbered list', '1. News', '1\\. News'],
    ['a quote', '>>> News', '\\>\\>\\> News'],
    ['a heading on the second line', 'TV\n # News', 'TV\n \\# News'],
    ['a spoiler', '||News||', '\\|\\|News\\|\\|'],
    ['emphasis', '*a* _b_ ~~c~~ `d`', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\`'],
    ['a backslash', 'a\\*b', 'a\\\\\\*b'],
  ])('is never read as %s', (_, text, rendered) => {
    expect(markdown(text)).toBe(rendered);
  });

  it.each(['TF1 HD', 'Émission 4 & suite', 'a: b', 'M6 (MP2)', '3.5 million', 'صوت الشباب'])(
    'without markup stays unchanged: %s',
    (text) => {
      expect(markdown(text)).toBe(text);
    },
  );

  it('cannot close bold text or code', () => {
    expect(toMarkdown([[{ bold: '**x' }, ' ', { code: 'a`b' }, { bold: '' }, { code: '`' }]])).toBe(
      '**\\*\\*x** `ab`',
    );
  });
});

describe('a reply that is too long', () => {
  /** Expects no escape without its character and no unclosed bold text. */
  const isWhole = (text: string) => {
    const shown = text.replace(/\\[^\n]/gu, '');
    return !shown.includes('\\') && (shown.match(/\*\*/g) ?? []).length % 2 === 0;
  };

  it.each([1, 3, 40, 300])('keeps whole lines and whole markup, with %i lines', (count) => {
    for (let length = 1; length < 60; length = Math.ceil(length * 1.9)) {
      const name = '_*[]()~`👨‍👩‍👧'.repeat(length).slice(0, length * 9);
      const { content } = json(reply(Array.from({ length: count }, () => [{ bold: name }, ` · ${name}`])));
      expect(content.match(/./gsu)?.length).toBeLessThanOrEqual(2_000);
      expect(isWhole(content), content.slice(-40)).toBe(true);
      expect(content).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    }
  });

  it('says how many lines were left out', () => {
    const { content } = json(reply(Array.from({ length: 300 }, (_, n) => [`line ${n} of many`])));
    const lines = content.split('\n');
    expect(lines.at(-1)).toBe(`… (+${300 - lines.length + 1})`);
  });
});

describe('a card', () => {
  const lines: Line[] = [['● ', { bold: 'TF1' }, ' · on air'], ['Now: News'], ['requested by Ana']];
  const logo = 'https://tv.example/logo/1';

  it('has its first line as text and the details in an embed, with or without a logo', () => {
    const plain = json(reply(lines, { isCard: true }));
    const withLogo = json(reply(lines, { isCard: true, picture: logo }));
    expect(plain.content).toBe('● **TF1** · on air');
    expect(plain.embeds).toMatchObject([{ description: 'Now: News\nrequested by Ana' }]);
    const [embed] = withLogo.embeds;
    expect(withLogo.content).toBe(plain.content);
    expect(embed?.thumbnail?.url).toBe(logo);
    expect({ ...embed, thumbnail: undefined }).toEqual({ ...plain.embeds[0], thumbnail: undefined });
  });

  it('has no embed if it is a single line', () => {
    expect(json(reply([['Nothing is on.']], { isCard: true }))).toMatchObject({
      content: 'Nothing is on.',
      embeds: [],
    });
  });
});

describe('a row of buttons', () => {
  it('cuts labels between graphemes and leaves none empty', () => {
    const family = '👨‍👩‍👧';
    const { rows } = json(
      reply([['x']], {
        buttons: [
          [{ label: family.repeat(30), action: action('#1') }],
          [{ label: ' ', action: action('#2') }],
        ],
      }),
    );
    const labels = rows.flat().map((each) => ('label' in each ? each.label : undefined));
    expect(labels[0]).toMatch(new RegExp(`^(${family})+…$`, 'u'));
    expect(labels[0]?.length).toBeLessThanOrEqual(80);
    expect(labels[1]).toBe('…');
  });

  it('shows actions that affect everybody in red', () => {
    const { rows } = json(
      reply([['x']], {
        buttons: [
          [
            { label: 'Stop', action: { command: 'stop', values: [] }, style: 'danger' },
            { label: 'VLC', action: action('#1') },
          ],
        ],
      }),
    );
    expect(rows[0]).toMatchObject([{ style: 4 }, { style: 2 }]);
  });

  it('drops a second button with the same action, which Discord refuses', () => {
    const same = { label: 'again', action: action('#1') };
    expect(json(reply([['x']], { buttons: [[same], [same]] })).rows).toHaveLength(1);
  });

  it('follows a menu of at most 25 distinct choices, in at most four rows', () => {
    const choices = Array.from({ length: 40 }, (_, n) => ({
      label: `${'😀'.repeat(80)} ${n}`,
      description: 'x'.repeat(300),
      action: action(`#${Math.floor(n / 2)}`),
    }));
    const buttons = Array.from({ length: 6 }, (_, n) => [{ label: `${n}`, action: action(`#9${n}`) }]);
    const { rows } = json(reply([['x']], { menu: { placeholder: 'Choose', choices }, buttons }));
    const [menu] = rows[0] ?? [];
    if (!menu || !('options' in menu)) throw new Error('no menu');
    expect(menu.options).toHaveLength(20);
    expect(new Set(menu.options.map(({ value }) => value)).size).toBe(20);
    for (const { label, description } of menu.options) {
      expect(label.length).toBeLessThanOrEqual(100);
      expect(label).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
      expect(description?.length).toBeLessThanOrEqual(100);
    }
    expect(rows.length).toBeLessThanOrEqual(5);
    expect(rows.slice(1).flat()).toHaveLength(6);
  });
});
