import { z } from 'zod';
import type { Slots } from '../accounts/slots.ts';
import { otherVariant } from '../actions/other-variant.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { fullName, labelOf, titleOf } from '../catalogue/channel-title.ts';
import type { Guide, NowAndNext } from '../catalogue/guide/guide.ts';
import type { SourceHealth } from '../catalogue/source-health.ts';
import { standInNames } from '../catalogue/stand-in-names.ts';
import { type AccountInUse, limitOrigins } from '../domain/account-in-use.ts';
import type { Language } from '../domain/actor.ts';
import { type BroadcastStatus, broadcastStates, chosenChannel } from '../domain/broadcast-status.ts';
import { fullDescription, inLanguage, type Programme } from '../domain/channel.ts';
import { AppError, type ErrorParams } from '../domain/errors.ts';
import { type OwnAccount, toApiChannelId } from '../domain/ids.ts';
import { troubles } from '../domain/trouble.ts';
import type { Screen } from '../stream/screen/screen.ts';
import { accountName } from '../words/account-name.ts';
import { sentence } from '../words/sentence.ts';
import { standInSentence } from '../words/stand-in.ts';
import { audioTrackSchema, toTracksJson } from './audio-tracks.ts';
import { apiChannelId } from './channel-ids.ts';
import { isoTime } from './iso-time.ts';

export const programmeSchema = z.object({
  title: z.string(),
  description: z.string(),
  start: z.iso.datetime(),
  stop: z.iso.datetime(),
});

/** What is on, as the API and the pages read it. */
export const statusSchema = z
  .object({
    active: z.boolean().describe('A channel is on air, or on its way there'),
    channel_id: apiChannelId.nullable(),
    channel_name: z.string().nullable().describe('As the provider writes it'),
    channel_label: z.string().nullable().describe('For people: without country and quality'),
    quality: z.enum(['SD', 'HD', 'FHD', 'UHD']).nullable().describe('As the channel’s name says'),
    stands_in_for: z
      .object({ id: apiChannelId, name: z.string(), code: z.string(), message: z.string() })
      .nullable()
      .describe('The channel that was chosen, where a variant of it is on air in its place, and why'),
    past: z
      .object({
        title: z.string().nullable(),
        start: z.iso.datetime(),
        stop: z.iso.datetime(),
        behind: z.number().describe('Seconds by which the picture is behind live'),
        recording: z
          .number()
          .nullable()
          .describe('The recording that is shown; null for a programme from the archive'),
        paused: z
          .object({ by: z.string().nullable().describe('As asked_by'), at: z.iso.datetime() })
          .nullable()
          .describe('Who stopped the picture for everybody; null while it plays'),
      })
      .nullable()
      .describe(
        'The programme of the past or the recording that is on air; null for the channel as it comes',
      ),
    started_at: z.iso.datetime().nullable(),
    id: z.string().describe('The broadcast'),
    state: z.enum(broadcastStates),
    wanted: z
      .object({ id: apiChannelId, name: z.string(), label: z.string() })
      .nullable()
      .describe('Asked for, and not on air yet'),
    asked_by: z.string().nullable().describe('Null for strangers, where not everybody may watch'),
    audio_tracks: z.array(audioTrackSchema).describe('What the channel has to hear'),
    audio_track: z.number().nullable().describe('The id of the one that is heard'),
    first_segment: z.number().nullable().describe('Media sequence number where what is on now began'),
    attempt: z.object({ number: z.number(), of: z.number().nullable() }).nullable(),
    reason: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why nothing is on, or not yet'),
    viewers: z.number(),
    bitrate: z.number().nullable().describe('Bits per second'),
    restarts: z.number(),
    programme: programmeSchema.nullable().describe('What viewers see, also of the past'),
    next: programmeSchema.nullable(),
    operators: z
      .object({
        slots: z
          .object({ capacity: z.number(), used_for: z.array(z.string()) })
          .describe('Connections to the provider, and the channels that they are open for'),
        viewer_history: z.array(z.number()).describe('Minute by minute over the last hour, the last one now'),
        last_failure: z
          .object({ code: z.string(), message: z.string(), at: z.iso.datetime() })
          .nullable()
          .describe('Why a channel on air last had to be brought back'),
        picture: z
          .object({
            kind: z.enum(troubles),
            since: z.iso.datetime(),
            other: z.object({ id: apiChannelId, name: z.string() }).nullable(),
          })
          .nullable()
          .describe('What is wrong with the channel on air though it comes, and the variant to take instead'),
        accounts: z
          .array(
            z.object({
              id: z.string().describe('main, x2, m1 …'),
              name: z.string().describe('As people read it'),
              capacity: z.number(),
              capacity_from: z
                .enum(limitOrigins)
                .describe('`learned` from a refusal; `assumed`: one more than were open at once'),
              used_for: z.array(z.string()),
              trouble: z.object({ code: z.string(), message: z.string() }).nullable(),
              channels: z.number(),
              refreshed_at: z.iso.datetime().nullable().describe('When its list last came'),
            }),
          )
          .describe('The accounts in use; `trouble` is of the account or of its list'),
        trouble: z
          .object({ code: z.string(), message: z.string() })
          .nullable()
          .describe(
            'Why there are no channels at all: the account, the provider, or a list that is still loading',
          ),
      })
      .nullable()
      .describe('What only operators see; null for all others'),
  })
  .meta({
    id: 'Status',
    example: {
      active: true,
      channel_id: 123456,
      channel_name: 'TF1 HD',
      channel_label: 'TF1',
      stands_in_for: null,
      past: null,
      started_at: '2025-12-24T10:30:00.000Z',
      id: 'live',
      state: 'live',
      wanted: null,
      asked_by: 'Ada',
      audio_tracks: [
        { id: 257, name: 'French', language: 'fr', description: false },
        { id: 258, name: 'Original version', language: 'qaa', description: false },
      ],
      audio_track: 257,
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

/** The parts of a screen that its status is read from. */
export interface StatusScreen {
  readonly broadcast: Pick<Screen['broadcast'], 'status'>;
  readonly viewerHistory: Pick<Screen['viewerHistory'], 'counts'>;
  readonly pictureHealth: Pick<Screen['pictureHealth'], 'trouble'>;
}

/** What else a status is read from. */
export interface StatusSources {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groups' | 'groupOf' | 'lists'>;
  readonly guide: Pick<Guide, 'get'>;
  readonly ownAccount: OwnAccount;
  readonly slots: Pick<Slots, 'capacity' | 'holders'>;
  readonly health: Pick<SourceHealth, 'trouble' | 'troubleOf'>;
  readonly accounts: readonly AccountInUse[];
}

/** Who reads it. A stranger is told what is on, and of nobody by name. */
export type Reader = 'stranger' | 'viewer' | 'operator';

/** The status of a screen at this moment as somebody may read it. */
export function statusJson(
  sources: StatusSources,
  screen: StatusScreen,
  language: Language,
  reader: Reader,
): StatusJson {
  const { ownAccount: own } = sources;
  const { status } = screen.broadcast;
  const chosen = chosenChannel(status);
  const guide = chosen && sources.guide.get(chosen.id);
  return {
    active: status.state !== 'idle' && status.state !== 'stopping',
    channel_id: status.channel && toApiChannelId(status.channel.id, own),
    channel_name: status.channel?.name ?? null,
    channel_label: status.channel && labelOf(sources, status.channel),
    quality: status.channel && titleOf(sources, status.channel).quality,
    stands_in_for: status.standsInFor && {
      id: toApiChannelId(status.standsInFor.channel.id, own),
      name: status.standsInFor.channel.name,
      code: status.standsInFor.code,
      message: standInMessage(sources, status, language),
    },
    past: status.past && {
      title: status.past.title,
      start: isoTime(status.past.start),
      stop: isoTime(status.past.to),
      behind: Math.round(status.past.behind / 1000),
      recording: status.past.recording ?? null,
      paused: status.past.pause && {
        by: reader === 'stranger' ? null : (status.past.pause.by?.name ?? null),
        at: isoTime(status.past.pause.at),
      },
    },
    started_at: isoTime(status.startedAt),
    id: status.id,
    state: status.state,
    wanted: status.wanted && {
      id: toApiChannelId(status.wanted.id, own),
      name: status.wanted.name,
      label: labelOf(sources, status.wanted),
    },
    asked_by: reader === 'stranger' ? null : (status.askedBy?.name ?? null),
    audio_tracks: toTracksJson(status.sound.tracks, language),
    audio_track: status.sound.track?.id ?? null,
    first_segment: status.firstSegment,
    attempt: status.attempt,
    reason: status.reason && {
      code: status.reason.code,
      message: sentence(language, status.reason.code, paramsFor(reader, status.reason.params)),
    },
    viewers: status.viewers,
    bitrate: status.bitrate,
    restarts: status.restarts,
    ...programmesJson(status.past, guide, language),
    operators: reader === 'operator' ? forOperators(sources, screen, language) : null,
  };
}

/** The programme that viewers see; of the past, nothing follows but the channel itself. */
function programmesJson(
  past: BroadcastStatus['past'],
  guide: NowAndNext | null,
  language: Language,
): Pick<StatusJson, 'programme' | 'next'> {
  if (!past)
    return {
      programme: guide?.now ? toProgrammeJson(guide.now, language) : null,
      next: guide?.next ? toProgrammeJson(guide.next, language) : null,
    };
  const { title, start, to: stop } = past;
  return {
    programme: title === null ? null : toProgrammeJson({ title, description: '', start, stop }, language),
    next: null,
  };
}

function standInMessage(sources: StatusSources, status: BroadcastStatus, language: Language): string {
  const names = standInNames(sources, status);
  return status.standsInFor && names ? standInSentence(language, status.standsInFor.code, names) : '';
}

/** Connections are held for channels, and for people's links to them. */
function paramsFor(reader: Reader, params: ErrorParams): ErrorParams {
  return reader === 'stranger' && params.holders !== undefined ? { ...params, holders: '…' } : params;
}

function accountJson(
  { id, slots }: AccountInUse,
  { catalogue, health }: Pick<StatusSources, 'catalogue' | 'health'>,
  language: Language,
) {
  const list = catalogue.lists.find(({ account }) => account === id);
  const failure = list?.lastFailure;
  const trouble = health.troubleOf(id) ?? (failure instanceof AppError ? failure : null);
  return {
    id,
    name: accountName(id, language),
    capacity: slots.capacity,
    capacity_from: slots.limit.origin,
    used_for: [...slots.holders],
    trouble: trouble && { code: trouble.code, message: sentence(language, trouble.code, trouble.params) },
    channels: list?.channels ?? 0,
    refreshed_at: list?.refreshedAt ? isoTime(list.refreshedAt) : null,
  };
}

function forOperators(
  sources: StatusSources,
  { broadcast: { status }, viewerHistory, pictureHealth }: StatusScreen,
  language: Language,
): StatusJson['operators'] {
  const { accounts, catalogue, slots, health } = sources;
  const { trouble } = health;
  const { lastFailure } = status;
  const picture = pictureHealth.trouble;
  const other = picture && otherVariant(sources, status);
  return {
    slots: { capacity: slots.capacity, used_for: slots.holders },
    accounts: accounts.map((account) => accountJson(account, { catalogue, health }, language)),
    viewer_history: [...viewerHistory.counts],
    picture: picture && {
      kind: picture.kind,
      since: isoTime(picture.since),
      other: other && { id: toApiChannelId(other.id, sources.ownAccount), name: fullName(sources, other) },
    },
    trouble: trouble && { code: trouble.code, message: sentence(language, trouble.code, trouble.params) },
    last_failure: lastFailure && {
      code: lastFailure.code,
      message: sentence(language, lastFailure.code, lastFailure.params),
      at: isoTime(lastFailure.at),
    },
  };
}

export function toProgrammeJson(listed: Programme, language: Language): z.infer<typeof programmeSchema> {
  const programme = inLanguage(listed, language);
  const { title, start, stop } = programme;
  return { title, description: fullDescription(programme), start: isoTime(start), stop: isoTime(stop) };
}
