/** Every command that people type. */
export const commandNames = [
  'play',
  'stop',
  'pause',
  'restart',
  'status',
  'audio',
  'screen',
  'search',
  'channels',
  'epg',
  'fav',
  'follow',
  'record',
  'recordings',
  'history',
  'clip',
  'watch',
  'vlc',
  'links',
  'login',
  'lang',
  'help',
  'doctor',
  'admin',
] as const;
export type CommandName = (typeof commandNames)[number];

/** Whether people can type a command of this name. */
export function isCommandName(name: string): name is CommandName {
  return (commandNames as readonly string[]).includes(name);
}

/** Commands that only buttons call; no menu lists them. */
export const buttonNames = ['vote', 'react', 'series'] as const;
/** A command that people type or that a button calls. */
export type ActionName = CommandName | (typeof buttonNames)[number];

/** Whether a command of this name exists, for people or for buttons. */
export function isActionName(name: string): name is ActionName {
  return isCommandName(name) || (buttonNames as readonly string[]).includes(name);
}

/** The options of all commands. */
export type OptionName =
  | 'channel'
  | 'quality'
  | 'favourite'
  | 'query'
  | 'word'
  | 'words'
  | 'language'
  | 'track'
  | 'person'
  | 'role'
  | 'until'
  | 'screen'
  | 'name'
  | 'seconds';

/** The verbs of the commands that do several things, such as `add` of `/fav add`; the first one is the default. */
export const verbNames = {
  fav: ['list', 'add', 'remove', 'play'],
  screen: ['list', 'use', 'add', 'remove', 'rename'],
  admin: ['allow', 'deny', 'reload'],
} as const satisfies Partial<Record<CommandName, readonly string[]>>;
export type VerbName = (typeof verbNames)[keyof typeof verbNames][number];
