export interface ChoiceTexts {
  readonly change: (name: string) => string;
  readonly name: string;
  readonly number: string;
  readonly numberHint: string;
  readonly save: string;
  readonly sameAs: string;
  readonly sameAsHint: (name: string) => string;
  readonly makeSame: (name: string) => string;
  readonly entries: string;
  readonly takeOut: string;
  readonly takeOutOf: (entry: string) => string;
  readonly hide: string;
  readonly undo: string;
  readonly undoOf: (name: string) => string;
  readonly saved: (name: string) => string;
  readonly hidden: (name: string) => string;
  readonly undone: (name: string) => string;
  readonly changed: (count: number) => string;
  readonly changedTitle: string;
  readonly close: string;
  readonly isHidden: string;
  readonly isAlone: string;
  readonly hasNumber: (number: number) => string;
  readonly nothing: string;
}

export const en: ChoiceTexts = {
  change: (name) => `Change ${name}`,
  name: 'Name',
  number: 'Number',
  numberHint: '100 to 99999',
  save: 'Save',
  sameAs: 'The same channel as…',
  sameAsHint: (name) => `Search for the channel that ${name} belongs to.`,
  makeSame: (name) => `The same as ${name}`,
  entries: 'From the subscription',
  takeOut: 'Not this channel',
  takeOutOf: (entry) => `${entry} is not this channel`,
  hide: 'Hide',
  undo: 'Undo all changes',
  undoOf: (name) => `Undo all changes of ${name}`,
  saved: (name) => `${name} is changed.`,
  hidden: (name) => `${name} is hidden. “Changed channels” brings it back.`,
  undone: (name) => `${name} is as the provider lists it again.`,
  changed: (count) => `Changed channels (${count})`,
  changedTitle: 'Changed channels',
  close: 'Close',
  isHidden: 'hidden',
  isAlone: 'on its own',
  hasNumber: (number) => `number ${number}`,
  nothing: 'No channel is changed.',
};
