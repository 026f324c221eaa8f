import type { BotState } from '../../domain/bot-state.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Report } from '../bot-runner.ts';

/** Milliseconds that an ordinary reconnection may take; the gateway requests some every day. */
const GRACE = 10_000;
/** Milliseconds without a connection after which a new bot is started. */
const TOO_LONG = 10 * 60_000;

/** The state of the registered commands. */
export type CommandsState = Extract<BotState, 'on' | 'commands_refused' | 'not_invited'>;

/** Reports the bot's state from its gateway connection and its commands. */
export class Health {
  readonly #report: Report;
  readonly #clock: Clock;
  #commands: CommandsState = 'on';
  #details: string | undefined;
  /** False before the start and after the end of the bot, when nothing is reported. */
  #isUp = false;
  #isDisconnected = false;
  #isLossReported = false;
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

  /** Is called at each reconnection attempt of the library. */
  connectionLost(): void {
    if (!this.#isUp || this.#isDisconnected) return;
    this.#isDisconnected = true;
    this.#cancel = this.#clock.after(GRACE, () => {
      this.#isLossReported = true;
      this.#report.is('unreachable', 'the connection to the gateway is lost');
      this.#cancel = this.#clock.after(TOO_LONG, () => this.#report.ended('unreachable'));
    });
  }

  connectionBack(): void {
    if (!this.#isDisconnected) return;
    this.#isDisconnected = false;
    this.#cancel();
    if (this.#isLossReported) this.#tell();
    this.#isLossReported = false;
  }

  #tell(): void {
    if (this.#isUp && !this.#isDisconnected) this.#report.is(this.#commands, this.#details);
  }
}
