import type { Catalogue } from '../catalogue/catalogue.ts';
import { foldWords } from '../catalogue/names/fold.ts';
import { AppError } from '../domain/errors.ts';
import { type ChannelId, ownIdOf } from '../domain/ids.ts';
import type { RecordingRule, RuleContent, TitleMatch } from '../domain/recording-rule.ts';
import { plainText } from '../lib/plain-text.ts';
import type { PreviewedProgramme, RuleRunner } from '../recordings/rules/rule-runner.ts';
import type { RecordingRules } from '../store/recording-rules.ts';
import { type AuditContext, writeAudit } from './audit.ts';
import { type RecordingQuota, requireOwn, requireRecord, requireRoomForRule } from './recording-quota.ts';
import type { Requester } from './rights.ts';

export interface RulesContext extends AuditContext, RecordingQuota {
  readonly recordingRules: Pick<RecordingRules, 'all' | 'add' | 'change' | 'remove'>;
  readonly ruleRunner: Pick<RuleRunner, 'preview' | 'look'>;
  readonly catalogue: Pick<Catalogue, 'snapshot'>;
}

/** A rule as somebody wants it. */
export interface RuleWish {
  readonly title: string;
  readonly match: TitleMatch;
  /** Absent: any channel. */
  readonly channelId?: ChannelId | undefined;
  readonly isNewOnly: boolean;
}

/** What somebody may change of a rule. */
export type RuleChanges = Partial<Omit<RuleWish, 'channelId'>> & {
  readonly channelId?: ChannelId | null | undefined;
};

/** As many as are looked up in the guide in turn. */
const MOST = 100;
/** Letters that the guide can be searched for. */
const SHORTEST = 3;

/** What a rule would take of what the guide has now. @throws AppError not_allowed, rule_title, channel_not_found */
export function previewRule(
  context: RulesContext,
  by: Requester,
  wish: RuleWish,
): Promise<PreviewedProgramme[]> {
  requireRecord(by, context);
  return context.ruleRunner.preview(toRule(context, wish));
}

/** Adds a rule, and plans what it wants. @throws AppError rules_quota, rule_title, channel_not_found, rule_exists, rules_full */
export async function addRule(context: RulesContext, by: Requester, wish: RuleWish): Promise<RecordingRule> {
  const { recordingRules, ruleRunner, clock } = context;
  const known = recordingRules.all();
  requireRoomForRule(context, by, known);
  const wanted = toRule(context, wish);
  if (known.some((each) => isSame(each, wanted))) throw new AppError('rule_exists', { title: wanted.title });
  if (known.length >= MOST) throw new AppError('rules_full', { most: MOST });
  const { id, name, role } = by;
  const rule = recordingRules.add({
    ...wanted,
    by: { id, name },
    // Whoever may record has one.
    role: role ?? 'viewer',
    createdAt: clock.now(),
  });
  writeAudit(context, by, 'rule_added', rule.title);
  await ruleRunner.look();
  return rule;
}

/**
 * Changes a rule, and plans what it wants now; what it has planned before stays.
 * @param changes what is absent stays; a channel of null means any.
 * @throws AppError rule_unknown, not_your_recording, rule_title, channel_not_found, rule_exists
 */
export async function changeRule(
  context: RulesContext,
  by: Requester,
  id: number,
  { channelId, ...changes }: RuleChanges,
): Promise<RecordingRule> {
  const { recordingRules, ruleRunner } = context;
  const known = findRule(context, id);
  requireOwn(by, known);
  // A rule keeps its channel when the list has lost it.
  const { channel, ...others } = toRule(context, {
    title: changes.title ?? known.title,
    match: changes.match ?? known.match,
    isNewOnly: changes.isNewOnly ?? known.isNewOnly,
    channelId: channelId ?? undefined,
  });
  const wanted = { ...others, channel: channelId === undefined ? known.channel : channel };
  if (recordingRules.all().some((each) => each.id !== id && isSame(each, wanted)))
    throw new AppError('rule_exists', { title: wanted.title });
  recordingRules.change(id, wanted);
  writeAudit(context, by, 'rule_changed', wanted.title);
  await ruleRunner.look();
  return { ...known, ...wanted };
}

/** Removes a rule; what it has planned stays. @returns the rule. @throws AppError rule_unknown, not_your_recording */
export function removeRule(context: RulesContext, by: Requester, id: number): RecordingRule {
  const rule = findRule(context, id);
  requireOwn(by, rule);
  context.recordingRules.remove(id);
  writeAudit(context, by, 'rule_removed', rule.title);
  return rule;
}

/** @throws AppError rule_unknown */
function findRule({ recordingRules }: Pick<RulesContext, 'recordingRules'>, id: number): RecordingRule {
  const rule = recordingRules.all().find((each) => each.id === id);
  if (!rule) throw new AppError('rule_unknown');
  return rule;
}

function isSame(one: RuleContent, other: RuleContent): boolean {
  return (
    foldWords(one.title) === foldWords(other.title) &&
    one.match === other.match &&
    one.channel?.channelId === other.channel?.channelId &&
    one.isNewOnly === other.isNewOnly
  );
}

function toRule(
  { catalogue }: Pick<RulesContext, 'catalogue'>,
  { title, match, channelId, isNewOnly }: RuleWish,
): RuleContent {
  const called = plainText(title);
  if (foldWords(called).length < SHORTEST) throw new AppError('rule_title', { least: SHORTEST });
  const channel = channelId === undefined ? null : catalogue.snapshot().byId.get(channelId);
  if (channel === undefined)
    throw new AppError('channel_not_found', { channelId: ownIdOf(channelId as ChannelId) });
  return {
    ...{ title: called, match, isNewOnly },
    channel: channel && { channelId: channel.id, channelName: channel.name },
  };
}
