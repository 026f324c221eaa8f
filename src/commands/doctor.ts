import { rights } from '../actions/rights.ts';
import type { Finding } from '../doctor/check-up.ts';
import { type ExamineContext, examine } from '../doctor/examine.ts';
import type { Line } from '../words/line.ts';
import type { Command } from './command.ts';

const marks: Readonly<Record<Finding['mark'], string>> = { good: '✔', warning: '⚠', bad: '✖', off: '–' };

export const doctorCommand: Command<ExamineContext> = {
  name: 'doctor',
  options: [],
  role: rights.administer.role,
  isPrivate: true,
  async run({ context, place, askedAt, language }) {
    const asking = {
      placeId: place.id.slice(place.platform.length + 1),
      lacks: place.lacks ?? [],
      at: askedAt,
    };
    const { summary, findings } = await examine(context, asking, language);
    const lines: Line[] = findings.map(({ mark, topic, text }) => [
      `${marks[mark]} `,
      { bold: topic },
      ` ${text}`,
    ]);
    return {
      lines: [[summary], ...lines],
      isPrivate: true,
      // In a group of Telegram all would read it.
      ...(place.platform === 'telegram' ? { direct: { command: 'doctor', values: [] } } : {}),
    };
  },
};
