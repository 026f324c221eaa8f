import { keeperOf } from '../actions/past-programme.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type BroadcastStatus, chosenChannel, type PastOnAir } from '../domain/broadcast-status.ts';
import type { Channel, Programme } from '../domain/channel.ts';
import type { Clock } from '../lib/clock.ts';
import type { Line } from '../words/line.ts';
import type { Messages } from '../words/messages.ts';
import { channelButton, type MarksContext } from './channel-choice.ts';
import { progressCells } from './progress.ts';
import type { ActionButton } from './reply.ts';
import { markOfTime } from './time-mark.ts';

/** What tells which programmes can be shown from the start. */
interface ArchiveLookup extends MarksContext {
  readonly catalogue: Pick<Catalogue, 'snapshot' | 'groupOf'>;
  readonly clock: Pick<Clock, 'now'>;
}

const MINUTE = 60_000;
/** Minutes; further back, the time of then says more than how long ago it was. */
const LONGEST_BEHIND = 12 * 60;

/** The lines of a past programme on air: "Journal · from the start, 12 min behind live", and how far it is. */
export function pastLines(past: PastOnAir, now: number, messages: Messages): Line[] {
  const { title, start, to, behind, recording, pause } = past;
  const minutes = Math.round(behind / MINUTE);
  const when: Line =
    minutes > LONGEST_BEHIND
      ? [`${messages.shownAt} `, { clock: start, withDate: true }]
      : [messages.behindLive(minutes)];
  const bar = progressCells({ start, stop: to }, now - behind);
  const what: Line =
    recording === undefined
      ? [`${messages.fromTheStart}, `, ...when]
      : [`${messages.recorded.onAir} `, { clock: start, withDate: true }];
  return [
    [{ bold: title ?? messages.fromTheArchive }, ' · ', ...what],
    [{ clock: start }, ` ${bar} `, { clock: to }],
    ...(pause ? [[messages.pausedBy(pause.by?.name ?? null)]] : []),
  ];
}

/** The button back to live, or to the running programme from its start; none where neither is possible. */
export function pastButtons(
  status: Pick<BroadcastStatus, 'channel' | 'standsInFor' | 'past'>,
  running: Programme | null,
  context: ArchiveLookup,
  { buttons: labels }: Messages,
): ActionButton[] {
  const chosen = chosenChannel(status);
  if (!chosen) return [];
  const { past } = status;
  if (past) {
    const label = past.pause ? labels.goOn : labels.pause;
    const isListed = context.catalogue.snapshot().byId.has(chosen.id);
    return [
      { label, action: { command: 'pause', values: [] } },
      ...(isListed ? [channelButton(context, chosen, labels.backToLive)] : []),
    ];
  }
  const channel = context.catalogue.snapshot().byId.get(chosen.id);
  if (!channel || !running) return [];
  return startButtons(context, channel, [running], labels.fromTheStart);
}

/** Buttons to those of a channel's programmes that can be shown from the start. @param label of all; absent for their titles. */
export function startButtons(
  context: ArchiveLookup,
  channel: Channel,
  programmes: readonly Programme[],
  label?: string,
): ActionButton[] {
  const now = context.clock.now();
  return programmes
    .filter(({ start }) => keeperOf(context, channel, start, now))
    .map(({ start, title }) => {
      const play = { command: 'play', values: [markOfTime(start)] };
      return channelButton(context, channel, label ?? `⏮ ${title}`, play);
    });
}
