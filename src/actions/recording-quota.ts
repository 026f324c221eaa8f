import { type Actor, type Asker, mayAct, type Role } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import { isOver, type Recording } from '../domain/recording.ts';
import type { RecordingRule } from '../domain/recording-rule.ts';
import type { Recordings } from '../recordings/recordings.ts';
import type { People } from '../store/people.ts';

/** How much viewers may record. */
export interface RecordingQuota {
  /** Recordings that a viewer may have planned or running at once, and series as well; 0: viewers may not record. */
  readonly recordingsPerPerson: number;
}

export interface QuotaContext extends RecordingQuota {
  readonly recordings: Pick<Recordings, 'all'>;
}

/** Of others, only controllers may change recordings and rules. */
type Owned = { readonly by: Pick<Asker, 'id'> };
type Person = Pick<Asker, 'id'> & Pick<Actor, 'role'>;

/** Whether somebody may record at all. */
export function mayRecord(by: Pick<Actor, 'role'>, { recordingsPerPerson }: RecordingQuota): boolean {
  return mayAct(by, recordingsPerPerson > 0 ? 'viewer' : 'controller');
}

/** Refuses those who may not record at all. @throws AppError not_allowed, controllers_record */
export function requireRecord(by: Pick<Actor, 'role'>, quota: RecordingQuota): void {
  if (by.role === null) throw new AppError('not_allowed');
  if (!mayRecord(by, quota)) throw new AppError('controllers_record');
}

/** Refuses a further recording to viewers who have as many as they may. @throws AppError recordings_quota, and as `requireRecord` */
export function requireRoomToRecord(context: QuotaContext, by: Person): void {
  requireRecord(by, context);
  if (!hasRoom(context, by)) throw new AppError('recordings_quota', { most: context.recordingsPerPerson });
}

/** Refuses a further rule to viewers who have as many as they may. @throws AppError rules_quota, and as `requireRecord` */
export function requireRoomForRule(quota: RecordingQuota, by: Person, rules: readonly RecordingRule[]): void {
  requireRecord(by, quota);
  const most = quota.recordingsPerPerson;
  const own = rules.filter((rule) => rule.by.id === by.id);
  if (isLimited(by) && own.length >= most) throw new AppError('rules_quota', { most });
}

/** Whether somebody may change, end and delete a recording or a rule: their own, or as a controller any. */
export function mayChange(by: Person, { by: owner }: Owned): boolean {
  return mayAct(by, 'controller') || (by.role !== null && owner.id === by.id);
}

/** Refuses to change what is somebody else's. @throws AppError not_your_recording */
export function requireOwn(by: Person, owned: Owned): void {
  if (!mayChange(by, owned)) throw new AppError('not_your_recording');
}

/**
 * Whether a rule may plan one more recording.
 * @param people their standing counts, else the role with which the rule was made
 */
export function mayRulePlan(
  context: QuotaContext & { readonly people: Pick<People, 'find'> },
  { by: { id }, role }: Pick<RecordingRule, 'by' | 'role'>,
): boolean {
  const standing = context.people.find(id)?.standing ?? role;
  const present: Role | null = standing === 'denied' ? null : standing;
  return mayRecord({ role: present }, context) && hasRoom(context, { id, role: present });
}

function hasRoom({ recordings, recordingsPerPerson }: QuotaContext, by: Person): boolean {
  if (!isLimited(by)) return true;
  const own = recordings
    .all()
    .filter((recording: Recording) => recording.by.id === by.id && !isOver(recording));
  return own.length < recordingsPerPerson;
}

/** Whether the quota counts for somebody. */
export function isLimited(by: Pick<Actor, 'role'>): boolean {
  return !mayAct(by, 'controller');
}
