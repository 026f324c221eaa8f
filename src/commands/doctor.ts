import { AppError } from '../domain/errors.ts';
import type { Call, Command } from './command.ts';
import { checkUp, type Finding } from './doctor/check-up.ts';
import type { Facts } from './doctor/facts.ts';
import { doctorPhrasesIn } from './doctor/phrases.ts';
import type { Line } from './reply.ts';

const ACCOUNT_PATIENCE = 5_000;
const marks: Readonly<Record<Finding['mark'], string>> = { good: '✔', warning: '⚠', bad: '✖' };

export const doctorCommand: Command = {
  name: 'doctor',
  options: [],
  role: 'admin',
  isPrivate: true,
  async run(call) {
    const findings = checkUp(await gather(call), call.language);
    const phrases = doctorPhrasesIn(call.language);
    const ill = findings.filter(({ mark }) => mark !== 'good').length;
    const lines: Line[] = findings.map(({ mark, topic, text }) => [
      `${marks[mark]} `,
      { bold: topic },
      ` ${text}`,
    ]);
    return {
      lines: [[ill === 0 ? phrases.healthy : phrases.ill(ill)], ...lines],
      isPrivate: true,
      // In a group of Telegram all would read it.
      ...(call.place.platform === 'telegram' ? { direct: { command: 'doctor', values: [] } } : {}),
    };
  },
};

/** Looks at everything at once: the slowest has its own patience. */
async function gather({ context, place, askedAt }: Call): Promise<Facts> {
  const { machine, provider, catalogue, clock } = context;
  const now = clock.now();
  const [account, disk, publicUrl] = await Promise.all([
    provider.account(AbortSignal.timeout(ACCOUNT_PATIENCE)).catch(toAppError),
    machine.disk(),
    machine.publicUrl(),
  ]);
  const { channels, refreshedAt } = catalogue.snapshot();
  const failure = catalogue.lastFailure === null ? null : toAppError(catalogue.lastFailure);
  return {
    ...{ ffmpeg: machine.ffmpeg, isDemo: machine.isDemo, slots: machine.slots, bots: machine.bots() },
    ...{ account, disk, publicUrl, now },
    catalogue: { channels: channels.length, refreshedAt, failure },
    here: { id: place.id.slice(place.platform.length + 1), lacks: place.lacks ?? [] },
    ahead: askedAt === null ? null : now - askedAt,
  };
}

/** Of anything but our own errors nothing is shown: it may hold the account. */
function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { ref: '-' }, { cause: error });
}
