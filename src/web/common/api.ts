import type { ClientKind } from '../../domain/client-kind.ts';
import { liveScreen } from '../../domain/ids.ts';
import { confirmSwitch } from './confirm-switch.ts';
import type {
  CategoryPage,
  ChannelGroup,
  ChannelId,
  ChoiceChange,
  ChosenChannel,
  Favourite,
  GroupPage,
  HistoryEntry,
  Neighbours,
} from './contract/channels.ts';
import type { GuideMatch, GuideRow, Span, TitleHit } from './contract/guide.ts';
import type {
  AuditEntry,
  Client,
  Invite,
  KnownPerson,
  Link,
  NewClient,
  NewLink,
  OneTimeLink,
  Role,
  Session,
  Token,
} from './contract/people.ts';
import type { ListedScreen, Question, Seen, Status } from './contract/screens.ts';
import type { Diagnosis, Imported, Info, LogLevel, LogLine, Setting } from './contract/server.ts';
import { deadline } from './deadline.ts';
import { language, texts } from './language.ts';
import { about, naming, screenHere } from './screens.ts';

/** Code of the error that `broadcast` throws when somebody answers the question whether to switch with no. */
export const SWITCH_DECLINED = 'left_as_is';

const ANSWER_MS = 10_000;
/** The server answers once the channel is on air, and gives up after about 15 s. */
const ON_AIR_MS = 30_000;
/** A slow machine needs a while for the key of a passphrase, and a slow line for the file. */
const FILE_MS = 60_000;

/** The server said no (`status` is the HTTP status), or did not answer at all (`status` 0, code `offline`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  /** The question to answer before the server does it; null for all other errors. */
  readonly question: Question | null;
  /** The whole `error` of the answer, for codes that say more than a sentence. */
  readonly details: unknown;

  constructor(
    status: number,
    code: string,
    message: string,
    {
      question = null,
      details = null,
      ...options
    }: ErrorOptions & { readonly question?: Question | null; readonly details?: unknown } = {},
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.question = question;
    this.details = details;
  }
}

interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
}

/**
 * Sends one request to this page's server and trusts that the answer has the documented shape.
 * @throws ApiError, or the caller's own abort unchanged
 */
export async function call<T>(
  path: string,
  { method = 'GET', body, signal, timeoutMs = ANSWER_MS }: Call = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        'Accept-Language': language.value,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: deadline(timeoutMs, signal),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, 'offline', '', { cause: error });
  }
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as T;
  const { code, message } = errorOf(answer);
  const isQuestion = code === 'others_watching' || code === 'interrupts_recording';
  const question = isQuestion ? (answer as { error: Question }).error : null;
  const details = (answer as { error?: unknown } | null)?.error ?? null;
  throw new ApiError(response.status, code, message, { question, details });
}

function errorOf(answer: unknown): { code: string; message: string } {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
  if (typeof error !== 'object' || error === null) return { code: 'internal', message: '' };
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : 'internal',
    message: 'message' in error && typeof error.message === 'string' ? error.message : '',
  };
}

interface Confirmation {
  readonly confirm?: true;
  readonly instead_of?: ChannelId;
  readonly interrupting?: number;
  readonly record_afterwards?: true;
}

/**
 * Attempts it, and again after a yes if the server asks a question. The server asks another one if the channel on air has
 * changed meanwhile.
 */
async function askFirst<T>(screen: string, attempt: (confirmed: Confirmation) => Promise<T>): Promise<T> {
  let confirmed: Confirmation = {};
  for (;;) {
    try {
      return await attempt(confirmed);
    } catch (error) {
      if (!(error instanceof ApiError) || error.question === null) throw error;
      const { channel, interrupts } = error.question;
      const answer = await confirmSwitch(error.question, screen);
      if (answer === 'no')
        throw new ApiError(error.status, SWITCH_DECLINED, texts.value.leftAsIs, { cause: error });
      confirmed = {
        confirm: true,
        ...(channel ? { instead_of: channel.id } : {}),
        ...(interrupts ? { interrupting: interrupts.id } : {}),
        ...(answer === 'other' ? { record_afterwards: true } : {}),
      };
    }
  }
}

/** How a channel is put on air. */
export interface Showing {
  /** A time of the programme to show from its start, as ISO 8601; absent for live. */
  readonly from?: string | undefined;
  /** A recording of the channel to show; absent for the channel. */
  readonly recording?: number | undefined;
  /** The screen to show it on, if not the page's own. */
  readonly screen?: string | undefined;
}

/** The requests of the console and the watch page. */
export const api = {
  /** Tells the server that the watch page plays a screen. */
  seen: (screen: string) => call<Seen>(about('/api/watch/seen', screen), { method: 'POST' }),
  /** @param screen whose addresses and reactions it tells */
  info: (screen: string = liveScreen) => call<Info>(about('/api/info', screen)),

  logIn: (token: string) => call<void>('/api/session', { method: 'POST', body: { token } }),

  logOut: () => call<void>('/api/session', { method: 'DELETE' }),

  categories: (signal?: AbortSignal) => call<CategoryPage>('/api/categories', { signal }),

  neighbours: (channelId: ChannelId) =>
    call<Neighbours>(`/api/channels/${encodeURIComponent(channelId)}/neighbours`),

  groups: (
    query: {
      readonly q: string;
      readonly category: string | null;
      readonly page: number;
      readonly page_size: number;
    },
    signal?: AbortSignal,
  ) => {
    const search = new URLSearchParams({ page: String(query.page), page_size: String(query.page_size) });
    if (query.q) search.set('q', query.q);
    if (query.category !== null) search.set('category', query.category);
    return call<GroupPage>(`/api/channels/grouped?${search}`, { signal });
  },

  /** @param span null: the current and the next programme of each channel */
  guideMatch: (id: ChannelId, q: string, signal: AbortSignal) =>
    call<GuideMatch>(`/api/guide/match?${new URLSearchParams({ channel: String(id), q })}`, { signal }),

  /** @param guideId `none` for none, null to have it found by itself again. */
  chooseGuide: (id: ChannelId, guideId: string | null) =>
    call<void>('/api/guide/match', {
      method: 'PUT',
      body: { channel_id: id, guide_id: guideId },
      timeoutMs: ON_AIR_MS,
    }),

  choices: () =>
    call<{ items: readonly ChosenChannel[] }>('/api/channels/choices').then((answer) => answer.items),

  /** Resolves once the list has followed. */
  chooseChannel: (id: ChannelId, change: ChoiceChange) =>
    call<void>('/api/channels/choices', {
      method: 'PUT',
      body: { channel_id: id, ...change },
      timeoutMs: ON_AIR_MS,
    }),

  forgetChoice: (id: ChannelId) =>
    call<void>(`/api/channels/choices?${new URLSearchParams({ channel: String(id) })}`, {
      method: 'DELETE',
      timeoutMs: ON_AIR_MS,
    }),

  guide: (ids: readonly ChannelId[], span: Span | null, signal?: AbortSignal) => {
    const search = new URLSearchParams({ ids: ids.join(',') });
    if (span) {
      search.set('from', new Date(span.from).toISOString());
      search.set('to', new Date(span.to).toISOString());
    }
    return call<{ items: readonly GuideRow[] }>(`/api/guide?${search}`, { signal }).then(
      (answer) => answer.items,
    );
  },

  findTitles: (text: string, signal?: AbortSignal) =>
    call<{ items: readonly TitleHit[] }>(`/api/guide/search?${new URLSearchParams({ q: text })}`, {
      signal,
    }).then((answer) => answer.items),

  /** Puts a channel on air; asks first if that would disturb others. */
  broadcast: (channelId: ChannelId, { from, recording, screen = screenHere.peek() }: Showing = {}) => {
    const what = recording === undefined ? { channel_id: channelId } : { recording };
    const named = naming(screen);
    return askFirst(screen, (confirmed) =>
      call<Status>('/set_active_stream', {
        method: 'POST',
        body: { ...what, ...(from === undefined ? {} : { from }), ...named, ...confirmed },
        timeoutMs: ON_AIR_MS,
      }),
    );
  },

  screens: () => call<{ items: readonly ListedScreen[] }>('/api/screens').then((answer) => answer.items),

  favourites: (signal?: AbortSignal) =>
    call<{ items: readonly Favourite[] }>('/api/favourites', { signal }).then((answer) => answer.items),

  keepFavourite: (channelId: ChannelId) =>
    call<void>(`/api/favourites/${encodeURIComponent(channelId)}`, { method: 'PUT' }),

  forgetFavourite: (channelId: ChannelId) =>
    call<void>(`/api/favourites/${encodeURIComponent(channelId)}`, { method: 'DELETE' }),

  recents: (signal?: AbortSignal) =>
    call<{ items: readonly ChannelGroup[] }>(about('/api/recents'), { signal }).then(
      (answer) => answer.items,
    ),

  history: () =>
    call<{ items: readonly HistoryEntry[] }>(about('/api/history')).then((answer) => answer.items),

  link: (channelId: ChannelId) =>
    call<NewLink>('/api/links', { method: 'POST', body: { channel_id: channelId } }),

  doctor: () => call<Diagnosis>('/api/doctor'),

  settings: () => call<{ items: readonly Setting[] }>('/api/settings').then((answer) => answer.items),

  /** The export, which its passphrase alone opens. */
  exportAll: (passphrase: string) =>
    call<object>('/api/export', { method: 'POST', body: { passphrase }, timeoutMs: FILE_MS }),

  /** @param file the text of an exported file */
  importAll: (file: string, passphrase: string) =>
    call<Imported>('/api/import', { method: 'POST', body: { file, passphrase }, timeoutMs: FILE_MS }),

  /** @param after the id of the last known line. @param level the lowest level wanted. */
  log: (after: number, level: LogLevel) =>
    call<{ items: readonly LogLine[] }>(`/api/log?after=${after}&level=${level}`).then(
      (answer) => answer.items,
    ),

  react: (emoji: string) => call<void>('/api/reactions', { method: 'POST', body: { emoji, ...naming() } }),

  /** @param all true for everybody's, which only admins may see */
  links: (all: boolean) =>
    call<{ items: readonly Link[] }>(`/api/links?all=${all}`).then((answer) => answer.items),

  endLink: (id: number) => call<void>(`/api/links/${id}`, { method: 'DELETE' }),

  endLinks: (all: boolean) => call<void>(`/api/links?all=${all}`, { method: 'DELETE' }),

  sessions: () => call<{ items: readonly Session[] }>('/api/sessions').then((answer) => answer.items),

  endSession: (id: number) => call<void>(`/api/sessions/${id}`, { method: 'DELETE' }),

  /** Makes a link that logs in another device of the same person. */
  sessionLink: () => call<OneTimeLink>('/api/sessions/link', { method: 'POST' }),

  invites: () => call<{ items: readonly Invite[] }>('/api/invites').then((answer) => answer.items),

  invite: (name: string, role: Role) =>
    call<OneTimeLink>('/api/invites', { method: 'POST', body: { name, role } }),

  revokeInvite: (id: number) => call<void>(`/api/invites/${id}`, { method: 'DELETE' }),

  people: () => call<{ items: readonly KnownPerson[] }>('/api/people').then((answer) => answer.items),

  decide: (id: string, standing: Role | 'denied') =>
    call<void>(`/api/people/${encodeURIComponent(id)}`, { method: 'PUT', body: { standing } }),

  tokens: () => call<{ items: readonly Token[] }>('/api/tokens').then((answer) => answer.items),

  makeToken: (name: string, role: Role) =>
    call<{ token: string }>('/api/tokens', { method: 'POST', body: { name, role } }),

  revokeToken: (id: number) => call<void>(`/api/tokens/${id}`, { method: 'DELETE' }),

  clients: () => call<{ items: readonly Client[] }>('/api/clients').then((answer) => answer.items),

  makeClient: (name: string, kind: ClientKind) =>
    call<NewClient>('/api/clients', { method: 'POST', body: { name, kind } }),

  endClient: (id: number) => call<void>(`/api/clients/${id}`, { method: 'DELETE' }),

  /** @param before an entry's id: only entries older than that one */
  audit: (limit: number, before?: number) =>
    call<{ items: readonly AuditEntry[] }>(
      `/api/audit?limit=${limit}${before === undefined ? '' : `&before=${before}`}`,
    ).then((answer) => answer.items),

  pause: () => call<Status>('/api/pause', { method: 'POST', body: naming() }),

  goOn: () => call<Status>('/api/resume', { method: 'POST', body: naming(), timeoutMs: ON_AIR_MS }),

  restart: () => call<Status>('/restart_stream', { method: 'POST', body: naming(), timeoutMs: ON_AIR_MS }),

  chooseAudio: (track: number) =>
    call<Status>('/api/audio', { method: 'POST', body: { track, ...naming() }, timeoutMs: ON_AIR_MS }),

  stop: (screen?: string) =>
    call<Status>('/stop_stream', { method: 'POST', body: naming(screen), timeoutMs: ON_AIR_MS }),
};
