import type { BotState } from '../../domain/bot-state.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Report } from '../bot-runner.ts';

/** An ordinary reconnection takes less: the gateway asks for some every day. */
const GRACE = 10_000;
/** The library has had its chances: a new bot is better. */
const TOO_LONG = 10 * 60_000;

/** How the commands are where people see them. */
export type CommandsState = Extract<BotState, 'on' | 'commands_refused' | 'not_invited'>;

/** Reports how the bot is, by its connection to the gateway and by its commands. */
export class Health {
  readonly #report: Report;
  readonly #clock: Clock;
  #commands: CommandsState = 'on';
  #details: string | undefined;
  /** Nothing is reported before the bot has started, nor after its end. */
  #isUp = false;
  #isOut = false;
  #isToldOut = false;
  #cancel: () => void = () => {};

  constructor(report: Report, clock: Clock) {
    this.#report = report;
    this.#clock = clock;
  }

  up(): void {
    this.#isUp = true;
    this.#tell();
  }

  end(): void {
    this.#isUp = false;
    this.#cancel();
  }

  commandsAre(state: CommandsState, details?: string): void {
    if (state === this.#commands) return;
    this.#commands = state;
    this.#details = details;
    this.#tell();
  }

  /** The library tries to connect again, and says so at every try. */
  connectionLost(): void {
    if (!this.#isUp || this.#isOut) return;
    this.#isOut = true;
    this.#cancel = this.#clock.after(GRACE, () => {
      this.#isToldOut = true;
      this.#report.is('unreachable', 'the connection to the gateway is lost');
      this.#cancel = this.#clock.after(TOO_LONG, () => this.#report.ended('unreachable'));
    });
  }

  connectionBack(): void {
    if (!this.#isOut) return;
    this.#isOut = false;
    this.#cancel();
    if (this.#isToldOut) this.#tell();
    this.#isToldOut = false;
  }

  #tell(): void {
    if (this.#isUp && !this.#isOut) this.#report.is(this.#commands, this.#details);
  }
}
