import type { Asker, Role } from './actor.ts';
import type { ChannelId } from './ids.ts';

/** How a rule compares titles. exact: the same title, in any spelling · words: a title that has all its words */
export const titleMatches = ['exact', 'words'] as const;
export type TitleMatch = (typeof titleMatches)[number];

/** What a rule records, whoever wants it. */
export interface RuleContent {
  readonly title: string;
  readonly match: TitleMatch;
  /** Null: on any channel. */
  readonly channel: { readonly channelId: ChannelId; readonly channelName: string } | null;
  /** Leave out what the guide calls a repeat. */
  readonly isNewOnly: boolean;
}

/** What is recorded whenever the guide has it. */
export interface RecordingRule extends RuleContent {
  readonly id: number;
  readonly by: Asker;
  /** The role with which it was made. */
  readonly role: Role;
  readonly createdAt: number;
}
