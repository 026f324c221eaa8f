import { type DemoChannel, demoCategories } from './channels.ts';
import { ARCHIVE_DAYS, guideId, nowAndNext } from './guide.ts';

/** The data for the answers of player_api.php. */
export interface PanelFacts {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly maxConnections: number;
  readonly activeConnections: number;
  readonly channels: readonly DemoChannel[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The creation time of the account and its channels, in epoch seconds: a day in the past. */
const CREATED = '1704067200';
/** The number of entries in a short guide if the request names no limit, as on real panels. */
const SHORT_GUIDE = 4;
const SHORT_GUIDE_MOST = 50;

/** The answer to a wrong user name or password; panels send it with status 200. */
export const refusedLogin = { user_info: { auth: 0 } };

/** The answer to an `action` of player_api.php, with the shapes and the odd types of real panels. */
export function panelAnswer(facts: PanelFacts, query: URLSearchParams): unknown {
  switch (query.get('action')) {
    case 'get_live_categories':
      return categories(facts);
    case 'get_live_streams':
      return liveStreams(facts, query.get('category_id'));
    case 'get_short_epg':
      return shortGuide(facts, query);
    case 'get_vod_categories':
    case 'get_vod_streams':
    case 'get_series_categories':
    case 'get_series':
      return [];
    default:
      return account(facts);
  }
}

function account(facts: PanelFacts) {
  return {
    user_info: {
      username: facts.username,
      password: facts.password,
      message: 'Zapette demo',
      auth: 1,
      status: 'Active',
      exp_date: null,
      is_trial: '0',
      active_cons: String(facts.activeConnections),
      created_at: CREATED,
      max_connections: String(facts.maxConnections),
      allowed_output_formats: ['ts'],
    },
    server_info: {
      url: new URL(facts.url).hostname,
      port: new URL(facts.url).port,
      https_port: '',
      server_protocol: 'http',
      rtmp_port: '',
      timezone: 'UTC',
      timestamp_now: Math.floor(facts.now / 1000),
      time_now: panelTime(facts.now),
    },
  };
}

function categories({ channels }: PanelFacts) {
  return demoCategories
    .filter(({ id }) => channels.some((channel) => channel.categoryId === id))
    .map(({ id, name }) => ({ category_id: id, category_name: name, parent_id: 0 }));
}

function liveStreams({ channels, url }: PanelFacts, categoryId: string | null) {
  return channels
    .map((channel, index) => ({
      num: index + 1,
      name: channel.name,
      stream_type: 'live',
      stream_id: channel.id,
      stream_icon: logoUrl(url, channel.id),
      epg_channel_id: guideId(channel),
      added: CREATED,
      is_adult: '0',
      category_id: channel.categoryId,
      custom_sid: '',
      tv_archive: 1,
      direct_source: '',
      tv_archive_duration: String(ARCHIVE_DAYS),
    }))
    .filter((stream) => categoryId === null || stream.category_id === categoryId);
}

function shortGuide({ channels, now }: PanelFacts, query: URLSearchParams) {
  const channel = channels.find(({ id }) => String(id) === query.get('stream_id'));
  if (!channel) return { epg_listings: [] };
  const limit = Math.min(Number.parseInt(query.get('limit') ?? '', 10) || SHORT_GUIDE, SHORT_GUIDE_MOST);
  return {
    epg_listings: nowAndNext(channel, now, Math.max(limit, 1)).map(({ title, description, start, stop }) => ({
      id: String(start / 1000 + channel.id),
      epg_id: '1',
      title: base64(title),
      lang: 'fr',
      start: panelTime(start),
      end: panelTime(stop),
      description: base64(description),
      channel_id: guideId(channel),
      start_timestamp: String(start / 1000),
      stop_timestamp: String(stop / 1000),
    })),
  };
}

/** The address of a channel's logo. */
export function logoUrl(url: string, channelId: number): string {
  return `${url}/logo/${channelId}.svg`;
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Formats a time as "2026-11-24 20:30:00" in the panel's time zone, UTC. */
function panelTime(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}
