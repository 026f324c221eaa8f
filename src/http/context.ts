import type { ApiTokens } from '../access/api-tokens.ts';
import type { CalendarTokens } from '../access/calendar-tokens.ts';
import type { Clients } from '../access/clients.ts';
import type { DiscordLogin } from '../access/discord-login.ts';
import type { FirstStart } from '../access/first-start.ts';
import type { Gate } from '../access/gate.ts';
import type { Invites } from '../access/invites.ts';
import type { ConfiguredIds } from '../access/people.ts';
import type { PrivateLinks } from '../access/private-links.ts';
import type { Sessions } from '../access/sessions-and-login-links.ts';
import type { Visitor } from '../access/visitor.ts';
import type { Visitors } from '../access/visitors.ts';
import type { AllSlots } from '../accounts/slots.ts';
import type { ExportBundleContext } from '../actions/export-bundle.ts';
import type { ImportBundleContext } from '../actions/import-bundle.ts';
import type { ScreenKeeper } from '../actions/screens.ts';
import type { DiscordPorts } from '../actions/set-up-discord.ts';
import type { TelegramPorts } from '../actions/set-up-telegram.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ChannelChooser } from '../catalogue/channel-chooser.ts';
import type { Guide } from '../catalogue/guide/guide.ts';
import type { GuideChoices } from '../catalogue/guide/guide-choices.ts';
import type { LogoSource } from '../catalogue/logos.ts';
import type { SourceHealth } from '../catalogue/source-health.ts';
import type { Machine } from '../doctor/facts.ts';
import type { AccountInUse } from '../domain/account-in-use.ts';
import type { Language } from '../domain/actor.ts';
import type { Etiquette } from '../domain/etiquette.ts';
import type { OwnAccount } from '../domain/ids.ts';
import type { RecordingMargins } from '../domain/recording.ts';
import type { SettingEntry } from '../domain/setting.ts';
import type { SettingProblem } from '../domain/setting-problem.ts';
import type { SourceProvider } from '../domain/source-provider.ts';
import type { Webhooks } from '../domain/webhook.ts';
import type { Clock } from '../lib/clock.ts';
import type { LogTail } from '../lib/log-tail.ts';
import type { Logger } from '../lib/logger.ts';
import type { Figures } from '../metrics/figures.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { EdgePrefix } from '../outputs/edges/edge-prefix.ts';
import type { Edges } from '../outputs/edges/edges.ts';
import type { EdgePlaylists, OnEdge } from '../outputs/edges/on-edge.ts';
import type { LineUp } from '../outputs/line-up.ts';
import type { SentBytes } from '../outputs/sent-bytes.ts';
import type { Clips } from '../recordings/clips/clips.ts';
import type { Playback } from '../recordings/playing/playback.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { RuleRunner } from '../recordings/rules/rule-runner.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Favourites } from '../store/favourites.ts';
import type { History } from '../store/history.ts';
import type { People } from '../store/people.ts';
import type { RecordingRules } from '../store/recording-rules.ts';
import type { Screens } from '../stream/screen/screens.ts';
import type { Thumbnails } from '../stream/segments/ring/thumbnails.ts';
import type { Tuners } from '../stream/tuner/tuners.ts';
import type { SetupAccount } from './setup-account.ts';
import type { SetupAccounts } from './setup-accounts.ts';
import type { SetupPort } from './setup-port.ts';

/** The settings, as admins read and change them. */
export interface SettingsPort {
  /** The last change can be undone. */
  readonly canUndo: boolean;
  /** What the start has found wrong, and has gone on without. */
  readonly notices: readonly SettingProblem[];
  list(): readonly SettingEntry[];
  /** Changes all of them or none; null goes back to the default. @throws SettingsWrong */
  change(changes: Readonly<Record<string, string | null>>, by: Visitor): Promise<void>;
  /** @throws AppError nothing_to_undo, SettingsWrong */
  undo(by: Visitor): Promise<void>;
}

/** Everything that the routes need together; each route file declares its own part of it. */
export interface HttpContext {
  readonly screens: Screens;
  readonly screenKeeper: ScreenKeeper;
  /** The account whose channels are given by the provider's number. */
  readonly ownAccount: OwnAccount;
  /** The connections of all accounts. */
  readonly slots: AllSlots;
  readonly health: Pick<SourceHealth, 'trouble' | 'troubleOf' | 'subscribe'>;
  readonly catalogue: Catalogue;
  readonly guide: Guide;
  readonly guideChoices: GuideChoices;
  readonly chooser: ChannelChooser;
  readonly logos: LogoSource;
  readonly tuners: Tuners;
  /** The id of this installation as an HDHomeRun tuner. */
  readonly deviceId: string;
  readonly clips: Clips;
  readonly links: PrivateLinks;
  readonly clients: Clients;
  /** What players outside are offered. */
  readonly lineUp: LineUp;
  readonly people: People;
  /** Whom the settings let in. */
  readonly listed: ConfiguredIds;
  readonly sessions: Sessions;
  readonly audit: AuditLog;
  readonly favourites: Favourites;
  readonly recordings: Recordings;
  readonly playback: Playback;
  readonly calendars: CalendarTokens;
  readonly recordingMargins: RecordingMargins;
  /** Recordings that a viewer may have planned or running at once; 0: viewers may not record. */
  readonly recordingsPerPerson: number;
  readonly recordingRules: RecordingRules;
  readonly ruleRunner: RuleRunner;
  readonly history: History;
  /** Pictures of what screens have shown. */
  readonly thumbnails: Thumbnails;
  readonly etiquette: Etiquette;
  readonly provider: Pick<SourceProvider, 'account'>;
  /** The accounts in use, in the order in which they count. */
  readonly accounts: readonly AccountInUse[];
  readonly machine: Machine;
  /** This server as a whole, to export it and to replace it by another. */
  readonly installation: ExportBundleContext['installation'] & ImportBundleContext['installation'];
  readonly gate: Gate;
  readonly tokens: ApiTokens;
  readonly invites: Invites;
  readonly visitors: Visitors;
  /** Null where logging in with Discord is not set up. */
  readonly discordLogin: DiscordLogin | null;
  readonly setupDiscord: DiscordPorts;
  readonly setupAccount: SetupAccount;
  readonly setupAccounts: SetupAccounts;
  /** Origins whose pages may show /watch?embed=1 in a frame. */
  readonly embedOrigins: readonly string[];
  readonly edges: Edges;
  /** The bytes that each output has sent. */
  readonly sent: SentBytes;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  readonly figures: Pick<Figures, 'after'>;
  /** Told of each switch that the web has asked for, once it is on air. @param seconds from the wish on */
  readonly onSwitch: (seconds: number) => void;
  readonly edgePrefix: EdgePrefix;
  readonly onEdge: OnEdge;
  readonly edgePlaylists: EdgePlaylists;
  /** Seconds for which caches may keep playlists; 0 for not at all. */
  readonly playlistCacheSeconds: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether requests are logged, as at the start. */
  readonly isAccessLogged: boolean;
  readonly logTail: LogTail;
  readonly settings: SettingsPort;
  readonly language: Language;
  readonly publicUrl: string | null;
  readonly firstStart: Pick<FirstStart, 'isGuarded' | 'isOpen'>;
  readonly setup: SetupPort;
  /** The address that the server listens on, as HOST has it. */
  readonly host: string;
  readonly trustProxy: boolean | string;
  /** The folder of the built pages. */
  readonly webDir: string;
  readonly webhooks: Webhooks;
  readonly setupTelegram: TelegramPorts;
  readonly version: string;
  /** The id of this process, by which a request to PUBLIC_URL shows whether it leads here. */
  readonly instance: string;
}
