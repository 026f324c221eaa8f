/** The console's texts about screens in English. */
export const en = {
  screen: 'Screen',
  add: 'Add',
  addScreen: 'Add a screen',
  added: (name: string) => `The screen ${name} was added.`,
  edit: (name: string) => `Screen settings: ${name}`,
  save: 'Save',
  name: 'Name',
  control: 'Who may change what is on',
  watch: 'Who may watch',
  anyViewer: 'Anyone who may watch Zapette',
  leastRoles: {
    viewer: 'Everyone who is logged in',
    controller: 'Controllers and admins',
    admin: 'Admins only',
  },
  remove: 'Remove',
  removeName: (name: string) => `Remove ${name}`,
  removeSure: (name: string) =>
    `Remove the screen ${name}? Its channel stops, and players that are tuned to it see the slate.`,
  removed: (name: string) => `The screen ${name} was removed.`,
  gone: 'That screen is no longer there.',
  move: 'Move to another screen',
  moveShort: 'Move',
  moveTo: (screen: string) => `Move to ${screen}`,
  moved: (channel: string, screen: string) => `${channel} is on ${screen} now.`,
  nowOnAir: (channel: string, screen: string) => `${channel} is on air on ${screen}.`,
};

export type ScreenTexts = typeof en;
