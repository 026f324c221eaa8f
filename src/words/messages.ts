import type { Role } from '../domain/actor.ts';
import type { CommandName, OptionName, verbNames } from '../domain/command-name.ts';
import type { RecordingState } from '../domain/recording.ts';
import type { WayOut } from '../domain/recording-shortage.ts';
import type { TroubleKind } from '../domain/trouble.ts';
import type { Line } from './line.ts';

type Label =
  | 'stop'
  | 'pause'
  | 'goOn'
  | 'restart'
  | 'logIn'
  | 'watch'
  | 'switch'
  | 'switchAnyway'
  | 'switchAndKeep'
  | 'askRoom'
  | 'cancel'
  | 'vlc'
  | 'openLink'
  | 'openChat'
  | 'clip'
  | 'watchClip'
  | 'endAllLinks'
  | 'keep'
  | 'keepAgain'
  | 'remove'
  | 'categories'
  | 'fromTheStart'
  | 'backToLive'
  | 'useHere'
  | 'record'
  | 'recordRemoveSure'
  | 'recordings'
  | 'recordSeries'
  | 'recordAllOfSeries'
  | 'newOnly'
  | 'seriesList';

/** The texts of a language, except those of errors. */
export interface Messages {
  /** What each command does, at most 100 characters, as menus show it. */
  readonly does: Readonly<Record<CommandName, string>>;
  /** What each verb of a command does, as menus show it. */
  readonly verbs: {
    readonly [Name in keyof typeof verbNames]: Readonly<Record<(typeof verbNames)[Name][number], string>>;
  };
  readonly options: Readonly<Record<OptionName, string>>;
  /** Other words by which /help finds a command. */
  readonly topics: Readonly<Partial<Record<CommandName, readonly string[]>>>;
  readonly onAir: string;
  readonly paused: string;
  /** @param name null where nobody is known. */
  readonly pausedBy: (name: string | null) => string;
  readonly nothingOn: string;
  readonly askedBy: (name: string) => string;
  readonly viewers: (count: number) => string;
  readonly now: (title: string) => Line;
  /** @param at epoch milliseconds. */
  readonly next: (at: number, title: string) => Line;
  readonly fromTheStart: string;
  /** By how much the picture is behind what the channel shows now. */
  readonly behindLive: (minutes: number) => string;
  /** Followed by the time when a past programme was shown. */
  readonly shownAt: string;
  /** A past programme without a title. */
  readonly fromTheArchive: string;
  readonly opening: (name: string) => string;
  readonly reconnecting: (attempt: number) => string;
  /** Why a variant is on air in place of the chosen channel. */
  readonly standsIn: Readonly<
    Record<'gone' | 'black' | 'frozen' | 'noArchive', (was: string, is: string) => string>
  >;
  /** What is wrong with the picture or sound of the channel on air; followed by a time. */
  readonly trouble: Readonly<Record<TroubleKind, string>>;
  /** @param client the name of a television or player. */
  readonly noConnection: (client: string) => string;
  /** Names of a channel's audio tracks. */
  readonly sound: {
    readonly which: string;
    readonly original: string;
    readonly description: string;
    /** A track without a language, counted from 1. */
    readonly track: (number: number) => string;
  };
  readonly several: (query: string) => string;
  /** @param command as it is typed: "/play". */
  readonly whichChannel: (command: string) => string;
  /** The title of a closed menu. */
  readonly chooseChannel: string;
  readonly found: (query: string) => string;
  readonly categories: (count: number) => string;
  readonly channels: (count: number) => string;
  readonly noGuide: string;
  readonly yourFavourites: string;
  readonly whichToRemove: string;
  readonly noFavourites: string;
  readonly notInTheList: (name: string) => string;
  readonly isFavourite: (name: string) => string;
  readonly isFavouriteAlready: (name: string) => string;
  readonly isNoFavourite: (name: string) => string;
  readonly follows: string;
  readonly followsNothing: string;
  readonly following: (words: string) => string;
  readonly followsNoMore: (words: string) => string;
  readonly newEvents: string;
  readonly moreEvents: (count: number) => string;
  readonly recorded: {
    /** Followed by its end. */
    readonly until: string;
    /** Followed by its beginning. */
    readonly from: string;
    readonly found: string;
    readonly shortNow: (holders: string, capacity: number) => string;
    readonly shortThen: (titles: string, capacity: number) => string;
    readonly single: string;
    /** Followed by when it was shown. */
    readonly onAir: string;
    readonly which: string;
    readonly whichProgramme: string;
    /** Behind the state in the list. */
    readonly archived: string;
    /** Followed by when it begins to be taken from the provider's archive. */
    readonly fromArchive: string;
    readonly fromArchiveNow: string;
    readonly toBeFromArchive: (title: string) => string;
    /** The label of a button. */
    readonly fromNow: string;
    /** Labels of buttons. */
    readonly waysOut: Readonly<Record<WayOut, string>>;
    readonly shortened: (titles: string) => string;
    /** Above the list. */
    /** Above the whole list. */
    readonly noneLike: (query: string) => string;
    readonly list: string;
    readonly none: string;
    readonly states: Readonly<Record<RecordingState, string>>;
    /** How much is missing. */
    readonly missing: (seconds: number) => string;
    readonly more: (count: number) => string;
    readonly removeSure: (title: string) => string;
    readonly removed: (title: string) => string;
    readonly stopped: (title: string) => string;
  };
  readonly series: {
    /** A button or a heading. */
    readonly of: (title: string) => string;
    /** A button. */
    readonly count: (rules: number) => string;
    /** Above the soonest of what a series would take. @param channels their names */
    readonly wouldTake: (programmes: number, channels: string) => string;
    readonly more: (programmes: number) => string;
    readonly nothingYet: string;
    /** To viewers, who may have a few recordings at once. */
    readonly atOnce: (most: number) => string;
    /** A button. */
    readonly onlyOn: (channel: string) => string;
    readonly added: (title: string) => string;
    readonly addedWhere: string;
    readonly ended: (title: string) => string;
    /** Above the list. */
    readonly list: string;
    readonly none: string;
    readonly anyChannel: string;
    readonly words: string;
    readonly newOnly: string;
  };
  /** Above the history. */
  readonly lately: string;
  readonly nothingYet: string;
  readonly nothingLike: (query: string) => string;
  readonly minutes: (count: number) => string;
  readonly watchHere: string;
  /** Above the list of screens. */
  readonly screens: string;
  /** Beside the screen of the room that asks. */
  readonly hereNow: string;
  readonly roomIsAbout: (screen: string) => string;
  readonly screenAdded: (screen: string) => string;
  readonly screenRemoved: (screen: string) => string;
  readonly screenRenamed: (before: string, after: string) => string;
  readonly whichScreen: string;
  /** What other screens show, where all connections are in use. */
  readonly onOtherScreen: (channel: string, screen: string) => string;

  readonly help: string;
  readonly whichLanguage: string;
  readonly languageIs: string;
  /** How many watch which channel, before the question whether to switch. */
  readonly watching: (viewers: number, channel: string, askedBy: string | null) => string;
  /** Followed by the end of the recording. */
  readonly interrupts: (title: string) => string;
  readonly switchTo: (channel: string) => string;
  readonly wouldLike: (who: string, channel: string) => string;
  /** Followed by a time that counts down: "in 30 seconds". */
  readonly voteEnds: string;
  readonly voteWon: (channel: string) => string;
  readonly voteLost: (channel: string) => string;
  readonly voteMoot: string;
  readonly voteCutOff: string;
  readonly leftAsIs: string;
  readonly logInHere: string;
  readonly web: {
    readonly logIn: string;
    readonly logInAs: (name: string, role: string) => string;
    readonly logInAsOwner: string;
    readonly importDecided: string;
    readonly roles: Readonly<Record<Role, string>>;
    readonly watch: string;
    readonly tryAgain: string;
    readonly withDiscord: string;
    readonly goOn: string;
    readonly nothingOn: string;
  };
  /** Between a channel's name and a time. */
  readonly linkForYou: string;
  readonly cuttingClip: string;
  /** While the adapter uploads a video. */
  readonly sendingVideo: string;
  /** Instead of a video that has no link either. */
  readonly noVideo: Readonly<Record<'too_large' | 'refused', string>>;
  readonly clipOf: (seconds: number) => string;
  readonly clipBy: (name: string) => string;
  readonly until: string;
  readonly linkGivesWay: string;
  readonly sentPrivately: string;
  /** To a person to whom the bot cannot write yet. */
  readonly startFirst: (name: string) => string;
  readonly yourLinks: string;
  readonly noLinks: string;
  readonly playing: (players: number) => string;
  readonly neverUsed: string;
  /** Followed by a time. */
  readonly lastUsed: string;
  readonly roles: Readonly<Record<Role, string>>;
  /** To a stranger; followed by their id. */
  readonly greeting: (name: string) => string;
  /** To the admins. */
  readonly wouldLikeIn: (name: string, id: string) => string;
  readonly letInAs: Readonly<Record<'viewer' | 'controller', string>>;
  readonly no: string;
  readonly adminUses: string;
  readonly adminWhom: string;
  readonly didYouMean: (role: string) => string;
  readonly allowed: (name: string, role: Role) => string;
  readonly denied: (name: string) => string;
  readonly reloaded: (before: number, after: number) => string;
  /** A list that could not be reloaded, where there are several. */
  readonly notReloaded: (account: string, why: string) => string;
  /** What accounts are called. */
  readonly accounts: {
    readonly subscription: (number: number) => string;
    readonly list: (number: number) => string;
    readonly demo: string;
  };
  readonly buttons: Readonly<Record<Label, string>>;
}
