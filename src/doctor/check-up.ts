import { REFRESH_INTERVAL } from '../catalogue/refresh-interval.ts';
import type { Language, Platform } from '../domain/actor.ts';
import type { BotState } from '../domain/bot-state.ts';
import { type DoctorSubject, doctorSubjects } from '../domain/doctor-subject.ts';
import { AppError } from '../domain/errors.ts';
import type { GuideTrouble } from '../domain/guide-trouble.ts';
import type { AccountId } from '../domain/ids.ts';
import { accountName } from '../words/account-name.ts';
import type { DoctorMessages } from '../words/doctor.ts';
import { doctorMessagesIn } from '../words/messages-in.ts';
import { sentence } from '../words/sentence.ts';
import type { AccountFacts, Facts } from './facts.ts';

/** The result of one check, and what to do where it is not good. */
export interface Finding {
  /** The subject, for programs. */
  readonly subject: DoctorSubject;
  /** `off` means not in use, which is not a fault. */
  readonly mark: 'good' | 'warning' | 'bad' | 'off';
  readonly topic: string;
  readonly text: string;
}

type Verdict = readonly [mark: Finding['mark'], text: string];
/** Judges one subject; null where nothing is known about it. */
type Check = (facts: Facts, messages: DoctorMessages, language: Language) => Verdict | null;

/** Judges one subject of one account. */
type AccountCheck = (
  account: AccountFacts,
  facts: Facts,
  messages: DoctorMessages,
  language: Language,
) => Verdict;

const HOUR = 3_600_000;
const SOON = 7 * 24 * HOUR;
/** The age from which a list is old: four refreshes have failed. */
const OLD = 4 * REFRESH_INTERVAL;
const LITTLE_ROOM = 1e9;
const NO_ROOM = 100e6;
/** Milliseconds that a slow network and a time in whole seconds may account for. */
const CLOCK_TOLERANCE = 60_000;

/** Judges the facts, with one finding for each subject, or one for each account. @param subjects all where none are named. */
export function checkUp(
  facts: Facts,
  language: Language,
  subjects: readonly DoctorSubject[] = doctorSubjects,
): Finding[] {
  const messages = doctorMessagesIn(language);
  return subjects.flatMap((subject): Finding[] => {
    if (isOfAccounts(subject)) return findingsOf(subject, facts, language);
    const verdict = checks[subject](facts, messages, language);
    if (!verdict) return [];
    const [mark, text] = verdict;
    return [{ subject, mark, topic: messages.topics[subject], text }];
  });
}

const ffmpeg: Check = ({ ffmpeg: { version, bundled } }, messages) =>
  bundled ? ['warning', messages.ffmpegIsOld(version)] : ['good', version];

/** Judges each account in use, and says which are not; the topic names the account where there are several. */
function findingsOf(subject: AccountSubject, facts: Facts, language: Language): Finding[] {
  const messages = doctorMessagesIn(language);
  const { accounts, accountsOff } = facts;
  const isSeveral = accounts.length + accountsOff.length > 1;
  const finding = (id: AccountId, [mark, text]: Verdict): Finding => {
    const topic = messages.topics[subject];
    return { subject, mark, topic: isSeveral ? `${topic} (${accountName(id, language)})` : topic, text };
  };
  const off = subject === 'account' ? accountsOff : [];
  return [
    ...accounts.map((each) => finding(each.id, accountChecks[subject](each, facts, messages, language))),
    ...off.map((id) => finding(id, ['off', messages.accountOff(id)])),
  ];
}

const account: AccountCheck = ({ answer: known }, { isDemo, now }, messages, language) => {
  if (isDemo) return ['warning', messages.demo];
  if (known instanceof AppError) {
    const { fingerprint } = known.params;
    const how = fingerprint === undefined ? '' : ` ${messages.acceptCertificate(String(fingerprint))}`;
    return ['bad', `${sentence(language, known.code, known.params)}${how}`];
  }
  const { expiresAt, maxConnections } = known;
  const until = expiresAt === null ? null : dateIn(language, expiresAt);
  return until !== null && (expiresAt ?? 0) - now < SOON
    ? ['warning', messages.expiresSoon(until)]
    : ['good', messages.goodAccount(maxConnections, until)];
};

const slots: AccountCheck = ({ slots: { capacity, limit, holders }, answer: known }, _facts, messages) => {
  const others = known instanceof AppError ? 0 : known.activeConnections - holders.length;
  return others > 0
    ? ['warning', messages.othersWatch(others)]
    : ['good', messages.slots(holders.length, { capacity, origin: limit.origin }, holders.join(', '))];
};

const catalogue: AccountCheck = (
  { list: { channels, refreshedAt, failure } },
  { now },
  messages,
  language,
) => {
  const why = (error: AppError) =>
    error.code === 'internal' ? messages.catalogueFailed : sentence(language, error.code, error.params);
  if (channels === 0 || refreshedAt === null)
    return ['bad', why(failure ?? new AppError('catalogue_not_ready'))];
  const age = now - refreshedAt;
  const hours = Math.max(0, Math.floor(age / HOUR));
  if (failure) return ['warning', why(failure)];
  return age > OLD
    ? ['warning', messages.catalogueIsOld(channels, hours)]
    : ['good', messages.catalogue(channels, hours)];
};

/** Nothing is said where there are no further guides and those of the accounts are good. */
const guides: Check = (facts, messages, language) => {
  const further = facts.guides.filter(({ account }) => account === null);
  const texts = facts.guides.flatMap(({ account, place, trouble }) => {
    if (trouble === null) return [];
    if (account === null) return [messages.guideFails(place, messages.guideTroubles[trouble])];
    // What is wrong with the account is told already, and further guides make up for one that the provider does not have.
    const isTold = facts.accounts.some(({ id, answer }) => id === account && answer instanceof AppError);
    if (isTold || (further.length > 0 && hasNone.has(trouble))) return [];
    const name = facts.accounts.length > 1 ? accountName(account, language) : null;
    return [messages.accountGuideFails(name, messages.accountGuideTroubles[trouble])];
  });
  if (texts.length > 0) return ['warning', texts.join(' ')];
  return further.length > 0 ? ['good', messages.guides(further.length)] : null;
};

/** As panels answer that have no guide: with nothing, or with an empty one. */
const hasNone: ReadonlySet<GuideTrouble> = new Set(['missing', 'not_xmltv']);

const publicUrl: Check = ({ publicUrl: { url, is }, bots }, messages) => {
  // Without bots nobody needs links, and players have the address that they were given.
  if (is === 'unset' && Object.values(bots).every((state) => state === 'off'))
    return ['off', messages.publicUrl.unset];
  const text = url === null ? messages.publicUrl[is] : `${url} ${messages.publicUrl[is]}`;
  if (is === 'reached') return ['good', text];
  return [is === 'foreign' || is === 'renamed' ? 'bad' : 'warning', text];
};

/** Nothing is said where it is not wanted. */
const discovery: Check = ({ discovery: state }, messages) =>
  state === 'off' ? null : [state === 'on' ? 'good' : 'warning', messages.discovery[state]];

const jellyfin: Check = ({ jellyfin: state }, messages) =>
  state === 'off' ? null : [state === 'works' ? 'good' : 'warning', messages.jellyfin[state]];

const botMarks: Readonly<Record<BotState, Finding['mark']>> = {
  off: 'off',
  on: 'good',
  starting: 'warning',
  commands_refused: 'warning',
  refused: 'bad',
  not_invited: 'bad',
  conflict: 'bad',
  unreachable: 'bad',
  broken: 'bad',
};

function bot(platform: Platform): Check {
  return ({ bots }, messages) => {
    const state = bots[platform];
    return [botMarks[state], messages.bot[state]];
  };
}

const here: Check = ({ here: place }, messages) => {
  if (!place) return null;
  const lacks = place.lacks.map((permission) => messages.permissions[permission]).join(', ');
  return lacks === '' ? ['good', messages.mayAll(place.id)] : ['warning', messages.lacks(lacks)];
};

const disk: Check = ({ disk: { path, free, isWritable } }, messages, language) => {
  if (!isWritable) return ['bad', sentence(language, 'data_dir', { path })];
  if (free === null) return ['good', messages.free('?')];
  const size = sizeIn(language, free);
  if (free >= LITTLE_ROOM) return ['good', messages.free(size)];
  return [free < NO_ROOM ? 'bad' : 'warning', messages.diskIsFull(size)];
};

/** Nothing is said where nothing is recorded. */
const recordings: Check = ({ recordings: known }, messages, language) => {
  if (!known) return null;
  const { disk: folder, leastFree, complete, incomplete, failed, reason } = known;
  if (!folder.isWritable) return ['bad', sentence(language, 'recordings_folder', {})];
  if (folder.free !== null && folder.free < leastFree)
    return ['bad', messages.recordingsFull(sizeIn(language, folder.free), sizeIn(language, leastFree))];
  if (failed + incomplete === 0) return ['good', messages.recordings(complete)];
  const why = reason ? sentence(language, reason.code, reason.params) : '';
  return ['warning', messages.recordingsFail({ complete, incomplete, failed }, why)];
};

/** Nothing is said where no past is kept. */
const past: Check = ({ pasts: { wanted, screens } }, messages) => {
  if (wanted === 0 || screens.length === 0) return null;
  const inMinutes = (length: number) => Math.floor(Math.min(length, wanted) / 60_000);
  const ofScreens = screens.map(({ screen, length, trouble }) => {
    const minutes = messages.past(inMinutes(length), trouble === null ? null : inMinutes(wanted));
    return screens.length > 1 ? `${screen}: ${minutes}` : minutes;
  });
  const troubles = new Set(screens.flatMap(({ trouble }) => trouble ?? []));
  const whatToDo = [...troubles].map((trouble) => messages.pastTroubles[trouble]);
  return [troubles.size > 0 ? 'warning' : 'good', [ofScreens.join(' · '), ...whatToDo].join(' – ')];
};

/** Nothing is said where the line is not known, or nothing is on air. */
const seats: Check = ({ seats: known }, messages, language) => {
  if (!known) return null;
  const { upload, bitrate, taken } = known;
  const count = Math.floor(upload / bitrate);
  const rate = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(bitrate / 1e6);
  return taken > count
    ? ['warning', messages.seatsFull(count, taken, rate)]
    : ['good', messages.seats(count, taken, rate)];
};

/** Nothing is said where there are none. */
const edges: Check = ({ edges: all }, messages) => {
  if (all.length === 0) return null;
  const lost = all.filter(({ works }) => !works).map(({ url }) => url);
  return lost.length === 0
    ? ['good', messages.edges(all.length)]
    : ['warning', messages.edgesLost(lost.join(', '))];
};

/** A healthy database has no finding. */
const database: Check = ({ database: { trouble, restored } }, messages, language) => {
  if (trouble) return ['bad', messages.database[trouble]];
  if (!restored) return null;
  return ['warning', messages.restored(restored.from === null ? null : momentIn(language, restored.from))];
};

const clock: Check = ({ ahead }, messages) => {
  if (ahead === null) return null;
  return Math.abs(ahead) <= CLOCK_TOLERANCE
    ? ['good', messages.goodClock]
    : ['warning', messages.wrongClock(Math.round(Math.abs(ahead) / 1000))];
};

const accountChecks = { account, slots, catalogue } as const satisfies Partial<
  Record<DoctorSubject, AccountCheck>
>;
type AccountSubject = keyof typeof accountChecks;

function isOfAccounts(subject: DoctorSubject): subject is AccountSubject {
  return subject in accountChecks;
}

const checks: Readonly<Record<Exclude<DoctorSubject, AccountSubject>, Check>> = {
  ffmpeg,
  guides,
  publicUrl,
  seats,
  edges,
  discovery,
  jellyfin,
  discord: bot('discord'),
  telegram: bot('telegram'),
  here,
  disk,
  recordings,
  past,
  database,
  clock,
};

function dateIn(language: Language, time: number): string {
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(time);
  return language === 'fr' ? date.replace(/^1 /, '1er ') : date;
}

function momentIn(language: Language, time: number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    time,
  );
}

function sizeIn(language: Language, bytes: number): string {
  const unit = bytes < 1e9 ? { unit: 'megabyte', size: 1e6 } : { unit: 'gigabyte', size: 1e9 };
  const format = { style: 'unit', unit: unit.unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, format).format(bytes / unit.size);
}
