import { z } from 'zod';
import { recordingStates } from '../domain/recording.ts';
import { waysOut } from '../domain/recording-shortage.ts';
import { audioTrackSchema } from './audio-tracks.ts';
import { apiChannelId } from './channel-ids.ts';

const state = z
  .enum(recordingStates)
  .describe(
    'planned · waiting: due, but there is no connection or no picture · recording · finishing: becoming one file · done · incomplete: a file with holes · failed: nothing was recorded',
  );
const time = z.iso.datetime();
const span = z.object({ from: time, to: time });

const example = {
  id: 7,
  channel_id: 101,
  channel_label: 'TF1',
  title: 'Le Journal',
  start: '2026-11-29T19:00:00.000Z',
  stop: '2026-11-29T19:45:00.000Z',
  programme: {
    from: '2026-11-29T19:02:00.000Z',
    to: '2026-11-29T19:40:00.000Z',
    sub_title: null,
    description: 'L’actualité du jour.',
  },
  follows_guide: true,
  from_archive: false,
  state: 'done',
  reason: null,
  holes: [],
  protected: false,
  bytes: 1_800_000_000,
  file: 'Shows/Le Journal/Season 2026/Le Journal - 2026-11-29 20-00 - TF1.mkv',
  url: '/recordings/7',
  playlist: '/recordings/7/index.m3u8',
  page: '/watch/recordings/7',
  asked_by: 'Ada',
  may_change: true,
  created_at: '2026-11-29T18:00:00.000Z',
};

/** A recording as the API tells of it. */
export const recordingSchema = z
  .object({
    id: z.number(),
    channel_id: apiChannelId,
    channel_label: z.string(),
    title: z.string(),
    start: time,
    stop: time,
    programme: span
      .extend({ sub_title: z.string().nullable(), description: z.string().nullable() })
      .nullable()
      .describe('What the guide told of it, with its own times'),
    from_archive: z
      .boolean()
      .describe(
        'It is taken from the provider’s archive once its time is over; then its times stay as they are',
      ),
    follows_guide: z.boolean().describe('Its times follow the programme in the guide'),
    state,
    reason: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe('Why it waits, is incomplete or has failed'),
    holes: z.array(span).describe('What is missing'),
    protected: z.boolean().describe('Only a person may remove it'),
    bytes: z.number().describe('Of the file; 0 until it is there'),
    file: z.string().nullable().describe('Its place in the folder of recordings'),
    url: z.string().nullable().describe('The path of the file for players'),
    playlist: z
      .string()
      .nullable()
      .describe('The path of a playlist (HLS) from its beginning; of a transport stream only while it runs'),
    page: z
      .string()
      .nullable()
      .describe('The path of a page that plays it; null while there is nothing to play'),
    asked_by: z.string().nullable().describe('Who wants it; null for those who are not logged in'),
    may_change: z
      .boolean()
      .describe('The asker may change and delete it: it is their own, or they are a controller'),
    created_at: time,
  })
  .meta({
    id: 'Recording',
    example,
  });

/** A recording that was asked for just now. */
export const plannedSchema = recordingSchema
  .extend({
    warning: z.string().nullable().describe('Why there may be no connection, as far as it can be foreseen'),
    ways_out: z
      .array(z.enum(waysOut))
      .describe(
        'What would help. archive: PATCH `from_archive` · shorter: PATCH `without_margins` · give_up: DELETE',
      ),
  })
  .meta({
    id: 'PlannedRecording',
    example: {
      ...example,
      state: 'planned',
      bytes: 0,
      file: null,
      url: null,
      playlist: null,
      page: null,
      warning: null,
      ways_out: [],
    },
  });

/** A recording that somebody looks at alone. */
export const oneSchema = recordingSchema
  .extend({
    audio_tracks: z
      .array(audioTrackSchema.extend({ playlist: z.string().describe('The path of its playlist') }))
      .describe(
        'For browsers, which play few kinds of sound: a playlist with each track, as AAC in stereo; empty where the file does not tell',
      ),
    audio_track: z.number().nullable().describe('The id of the one to begin with'),
  })
  .meta({
    id: 'RecordingToPlay',
    example: {
      ...example,
      audio_tracks: [
        {
          ...{ id: 1, name: 'French', language: 'fr', description: false },
          playlist: '/recordings/7/sound/1/index.m3u8',
        },
      ],
      audio_track: 1,
    },
  });

/** All recordings. */
export const listSchema = z.object({
  items: z.array(recordingSchema),
  disk: z
    .object({
      used: z.number().describe('By all recordings, also by those that run'),
      free: z.number().nullable().describe('In their folder; null where the disk does not tell'),
    })
    .describe('Bytes'),
});
