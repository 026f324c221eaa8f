import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingInfos } from '../../src/config/setting-info.ts';
import { settingsSchema } from '../../src/config/settings-schema.ts';
import { settingGroups, settingNames } from '../../src/domain/setting.ts';
import { settingRules } from '../../src/domain/setting-problem.ts';
import { settingMessagesIn } from '../../src/words/messages-in.ts';
import { settingSentence, settingSentences } from '../../src/words/setting-sentence.ts';

const languages = ['en', 'fr'] as const;
const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

describe('the settings', () => {
  it('are those of the schema', () => {
    expect([...settingsSchema.keyof().options].sort()).toEqual([...settingNames].sort());
  });

  it('are those of .env.example, in the same sections', () => {
    const sections = example.split(/^# ---.*$/m).slice(1);
    expect(sections).toHaveLength(settingGroups.length);
    const written = sections.map((section) =>
      [...section.matchAll(/^#([A-Z_\d]+)=/gm)].map(([, name]) => name),
    );
    for (const [at, group] of settingGroups.entries()) {
      const names = settingInfos.filter((info) => info.group === group).map(({ name }) => name);
      // Of further subscriptions and lists, the first of each kind is an example.
      const shown = names.filter((name) => !/^(?:XTREAM_[3-9]|M3U_[2-9])_/.test(name));
      expect(written[at]).toEqual(shown);
    }
  });

  it('are in .env.example with the default of the schema, where it shows one', () => {
    const invented = new Set([
      'XTREAM_URL',
      'XTREAM_MAX_CONNECTIONS',
      'PUBLIC_URL',
      'TRUST_PROXY',
      'EMBED_ORIGINS',
      'SEGMENTS_URL',
    ]);
    for (const { name, defaultValue } of settingInfos) {
      const [, shown] = new RegExp(`^#${name}=(.*)$`, 'm').exec(example) ?? [];
      if (shown === undefined) expect(name).toMatch(/^(?:XTREAM_[3-9]|M3U_[2-9])_/);
      else if (!invented.has(name)) expect([name, shown]).toEqual([name, defaultValue ?? '']);
    }
  });

  it.each(languages)('have a meaning each in %s that names every choice', (language) => {
    const { meanings } = settingMessagesIn(language);
    expect(Object.keys(meanings).sort()).toEqual([...settingNames].sort());
    for (const { name, choices } of settingInfos) {
      expect([name, meanings[name]]).toEqual([name, expect.stringMatching(/^.{10,}\.$/)]);
      if (name === 'VIDEO_ENCODER') continue;
      for (const choice of choices)
        expect([name, meanings[name]]).toEqual([name, expect.stringContaining(choice)]);
    }
  });

  it('have other words in French', () => {
    const [en, fr] = [settingMessagesIn('en'), settingMessagesIn('fr')];
    for (const name of settingNames) expect(fr.meanings[name]).not.toBe(en.meanings[name]);
    for (const rule of settingRules) expect(fr.rules[rule]).not.toBe(en.rules[rule]);
  });
});

describe('a problem', () => {
  it.each(languages)('names its setting and is filled in with the same values, in %s', (language) => {
    const { rules } = settingMessagesIn(language);
    const slots = (text: string) => new Set(text.match(/\{\w+\}/g));
    for (const rule of settingRules) {
      expect(rules[rule]).toContain('{name}');
      expect(slots(rules[rule])).toEqual(slots(settingMessagesIn('en').rules[rule]));
    }
  });

  it('is a sentence, and several are a list', () => {
    const port = { name: 'PORT', rule: 'must_be_whole_number', params: { min: 0, max: 9 } } as const;
    const file = { name: '.env', rule: 'unreadable_file', params: {} } as const;
    expect(settingSentence('fr', port)).toBe('PORT doit être un nombre entier de 0 à 9.');
    expect(settingSentences('en', [port])).toBe('PORT must be a whole number from 0 to 9.');
    expect(settingSentences('en', [port, file])).toBe(
      'Change these settings:\n' +
        '  - PORT must be a whole number from 0 to 9.\n' +
        '  - The file .env is there but cannot be read: check who owns it.',
    );
  });
});
