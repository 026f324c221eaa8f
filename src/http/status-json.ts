import { z } from 'zod';
import type { NowAndNext } from '../catalogue/now-next.ts';
import { sentence } from '../commands/sentence.ts';
import type { Language } from '../domain/actor.ts';
import type { BroadcastStatus } from '../domain/broadcast-status.ts';
import type { Programme } from '../domain/channel.ts';

const programmeSchema = z.object({
  title: z.string(),
  description: z.string(),
  start: z.iso.datetime(),
  stop: z.iso.datetime(),
});

/** What is on, as the API and the pages read it. */
export const statusSchema = z
  .object({
    active: z.boolean().describe('A channel is on air, or on its way there'),
    channel_id: z.number().nullable(),
    channel_name: z.string().nullable(),
    started_at: z.iso.datetime().nullable(),
    id: z.string().describe('The broadcast'),
    state: z.enum(['idle', 'starting', 'live', 'switching', 'recovering', 'stopping']),
    wanted: z
      .object({ id: z.number(), name: z.string() })
      .nullable()
      .describe('Asked for, and not on air yet'),
    asked_by: z.string().nullable(),
    first_segment: z.number().nullable().describe('Media sequence number where what is on now began'),
    attempt: z.object({ number: z.number(), of: z.number() }).nullable(),
    reason: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why nothing is on, or not yet'),
    viewers: z.number(),
    bitrate: z.number().nullable().describe('Bits per second'),
    restarts: z.number(),
    programme: programmeSchema.nullable(),
    next: programmeSchema.nullable(),
  })
  .meta({
    id: 'Status',
    example: {
      active: true,
      channel_id: 123456,
      channel_name: 'TF1 HD',
      started_at: '2025-12-24T10:30:00.000Z',
      id: 'live',
      state: 'live',
      wanted: null,
      asked_by: 'Ada',
      first_segment: 1795520118,
      attempt: null,
      reason: null,
      viewers: 3,
      bitrate: 7800000,
      restarts: 0,
      programme: {
        title: 'Journal',
        description: 'Les titres',
        start: '2025-12-24T10:00:00.000Z',
        stop: '2025-12-24T10:45:00.000Z',
      },
      next: null,
    },
  });

export type StatusJson = z.infer<typeof statusSchema>;

export function toStatusJson(
  status: BroadcastStatus,
  guide: NowAndNext | null,
  language: Language,
): StatusJson {
  return {
    active: status.state !== 'idle' && status.state !== 'stopping',
    channel_id: status.channel?.id ?? null,
    channel_name: status.channel?.name ?? null,
    started_at: status.startedAt === null ? null : new Date(status.startedAt).toISOString(),
    id: status.id,
    state: status.state,
    wanted: status.wanted,
    asked_by: status.askedBy?.name ?? null,
    first_segment: status.firstSegment,
    attempt: status.attempt,
    reason: status.reason && {
      code: status.reason.code,
      message: sentence(language, status.reason.code, status.reason.params),
    },
    viewers: status.viewers,
    bitrate: status.bitrate,
    restarts: status.restarts,
    programme: toProgrammeJson(guide?.now ?? null),
    next: toProgrammeJson(guide?.next ?? null),
  };
}

function toProgrammeJson(programme: Programme | null) {
  if (!programme) return null;
  const { title, description, start, stop } = programme;
  return { title, description, start: new Date(start).toISOString(), stop: new Date(stop).toISOString() };
}
