import { z } from 'zod';
import { SwitchQuestion } from '../actions/etiquette.ts';
import type { LabelledChannel } from '../catalogue/channel-title.ts';
import type { Language } from '../domain/actor.ts';
import type { AppError } from '../domain/errors.ts';
import { type OwnAccount, toApiChannelId } from '../domain/ids.ts';
import { SettingsWrong } from '../domain/setting-problem.ts';
import { settingSentence } from '../words/setting-sentence.ts';
import { apiChannelId } from './channel-ids.ts';
import { isoTime } from './iso-time.ts';

const error = z.object({ code: z.string(), message: z.string() });
const channel = z.object({
  id: apiChannelId,
  name: z.string(),
  label: z.string().describe('For people: without country and quality'),
});

/** Every error answer: a code for programs, a sentence for people. */
export const errorSchema = z.object({ error }).meta({
  id: 'Error',
  example: { error: { code: 'not_found', message: 'There is nothing at this address.' } },
});

/** `others_watching` and `interrupts_recording` say besides what somebody is to be asked. */
export const questionSchema = z
  .object({
    error: error.extend({
      viewers: z.number().optional(),
      channel: channel.nullable().optional().describe('On air'),
      asked_by: z.string().nullable().optional().describe('Who put it on'),
      wanted: channel.optional(),
      interrupts: z
        .object({
          id: z.number(),
          title: z.string(),
          stop: z.iso.datetime(),
          archived: z.boolean().describe('The provider’s archive will have it'),
        })
        .nullable()
        .optional()
        .describe('What the switch would interrupt'),
    }),
  })
  .meta({
    id: 'Question',
    example: {
      error: {
        code: 'others_watching',
        message: 'Others are watching TF1 HD: …',
        viewers: 3,
        channel: { id: 1, name: 'TF1 HD', label: 'TF1' },
        asked_by: 'Ada',
        wanted: { id: 3, name: 'Arte', label: 'Arte' },
        interrupts: null,
      },
    },
  });

/** `settings_wrong` says besides what is wrong with each setting. */
export const settingsWrongSchema = z
  .object({
    error: error.extend({
      problems: z
        .array(z.object({ name: z.string(), message: z.string() }))
        .optional()
        .describe('All that is wrong, by the name of the setting'),
    }),
  })
  .meta({
    id: 'SettingsWrong',
    example: {
      error: {
        code: 'settings_wrong',
        message: 'Nothing was changed. Correct these settings first: PORT.',
        problems: [{ name: 'PORT', message: 'PORT must be a whole number from 0 to 65535.' }],
      },
    },
  });

/** What an error answer says besides its code and its sentence. */
export function detailsOf(known: AppError, own: OwnAccount, language: Language) {
  if (known instanceof SettingsWrong) {
    const { problems } = known;
    return {
      problems: problems.map((problem) => ({
        name: problem.name,
        message: settingSentence(language, problem),
      })),
    };
  }
  if (!(known instanceof SwitchQuestion)) return {};
  const { viewers, onAir, askedBy, wanted, interrupted } = known.question;
  return {
    viewers,
    channel: onAir && toNamed(onAir, own),
    asked_by: askedBy,
    wanted: toNamed(wanted, own),
    interrupts: interrupted && {
      ...{ id: interrupted.id, title: interrupted.title, stop: isoTime(interrupted.stop) },
      archived: interrupted.isKept,
    },
  };
}

function toNamed({ id, name, label }: LabelledChannel, own: OwnAccount) {
  return { id: toApiChannelId(id, own), name, label };
}
