import type { Clients } from '../access/clients.ts';
import type { ConfiguredIds } from '../access/people.ts';
import type { PrivateLinks } from '../access/private-links.ts';
import type { Sessions } from '../access/sessions-and-login-links.ts';
import type { ChannelMarks } from '../actions/channel-marks.ts';
import type { ScreenKeeper } from '../actions/screens.ts';
import type { Votes } from '../actions/votes.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { Machine } from '../doctor/facts.ts';
import type { AccountInUse } from '../domain/account-in-use.ts';
import type { Platform } from '../domain/actor.ts';
import type { ErrorCode } from '../domain/errors.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import type { OwnAccount, ScreenId } from '../domain/ids.ts';
import type { RecordingMargins } from '../domain/recording.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clips } from '../recordings/clips/clips.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { RuleRunner } from '../recordings/rules/rule-runner.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Favourites } from '../store/favourites.ts';
import type { Follows } from '../store/follows.ts';
import type { History } from '../store/history.ts';
import type { People } from '../store/people.ts';
import type { RecordingRules } from '../store/recording-rules.ts';
import type { Screen } from '../stream/screen/screen.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';

/** Everything that the commands need together; each command declares its own part of it. */
export interface CommandContext {
  readonly catalogue: Catalogue;
  readonly provider: Pick<SourceProvider, 'account'>;
  /** The accounts in use, in the order in which they count. */
  readonly accounts: readonly AccountInUse[];
  readonly guide: Guide;
  readonly screens: Screens;
  readonly screenKeeper: ScreenKeeper;
  /** The screen that a place is about, by the place's id: its commands act on it, and its card shows it. */
  readonly screenOf: (place: string) => Screen;
  /** Calls the listener with each place that gets another screen, until the returned function is called. */
  readonly onPlaceChosen: (listener: (place: string) => void) => () => void;
  /** A place has another id now. */
  readonly movePlace: (from: string, to: string) => void;
  readonly people: People;
  readonly sessions: Sessions;
  readonly audit: AuditLog;
  readonly links: PrivateLinks;
  readonly clients: Clients;
  readonly favourites: Favourites;
  readonly follows: Follows;
  readonly recordings: Recordings;
  readonly recordingMargins: RecordingMargins;
  /** Recordings that a viewer may have planned or running at once; 0: viewers may not record. */
  readonly recordingsPerPerson: number;
  readonly recordingRules: RecordingRules;
  readonly ruleRunner: Pick<RuleRunner, 'preview' | 'look'>;
  readonly tuners: Pick<Tuners, 'canOpenFor' | 'recordingTakenFor'>;
  readonly marks: ChannelMarks;
  /** The account whose channels the API and people name by the provider's number. */
  readonly ownAccount: OwnAccount;
  readonly history: History;
  readonly clips: Pick<Clips, 'make' | 'fit'>;
  /** Whom the settings let in. */
  readonly listed: ConfiguredIds;
  readonly machine: Machine;
  readonly votes: Votes;
  /** Told of each switch that a chat has asked for, once it is on air. @param seconds from the wish on */
  readonly onSwitch: (seconds: number) => void;
  /** Told of each command, once it is answered. */
  readonly onAnswer: (call: { bot: Platform; command: string; result: 'ok' | ErrorCode }) => void;
  readonly etiquette: Etiquette;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The server's own address as others reach it, without a trailing slash; null where PUBLIC_URL does not say. */
  readonly publicUrl: string | null;
  /** Whether the watch page asks people to log in. */
  readonly isWatchingPersonal: boolean;
  /** A screen's watch page as people reach it, with the viewers' key if there is one; null where PUBLIC_URL does not say. */
  readonly watchUrl: (screen: ScreenId) => string | null;
  /** The page that plays a recording, as `watchUrl`. */
  readonly recordingUrl: (id: number) => string | null;
  /**
   * The address of logos, to which a channel's id is added; null where Discord's and Telegram's servers cannot or may not fetch
   * them.
   */
  readonly logosUrl: string | null;
}
