import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import { RateLimit } from '../lib/rate-limit.ts';
import { AuditLog } from '../store/audit-log.ts';
import { Credentials } from '../store/credentials.ts';
import { People } from '../store/people.ts';
import { ApiTokens } from './api-tokens.ts';
import { DiscordLogin, type DiscordLoginOptions } from './discord-login.ts';
import { Gate, type GateOptions } from './gate.ts';
import { Invites } from './invites.ts';
import { type ConfiguredIds, configuredIdsHash } from './people.ts';
import { Sessions } from './sessions-and-login-links.ts';
import { Signer } from './signer.ts';
import { Visitors } from './visitors.ts';

export interface AccessOptions extends Omit<GateOptions, 'signer'> {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signingKey: string;
  /** The ids to which the settings give roles. */
  readonly listed: ConfiguredIds;
  /** Null if "Log in with Discord" is off. */
  readonly discordLogin: Omit<DiscordLoginOptions, 'people' | 'signer'> | null;
}

/** Wrong tokens per minute from one address, beyond which it is refused. */
const guessing = { most: 30, stretch: 60_000 };

/** The parts that identify people and decide what they may do. */
export interface Access {
  readonly gate: Gate;
  readonly people: People;
  readonly audit: AuditLog;
  readonly sessions: Sessions;
  readonly tokens: ApiTokens;
  readonly invites: Invites;
  readonly visitors: Visitors;
  readonly discordLogin: DiscordLogin | null;
}

export function createAccess(options: AccessOptions): Access {
  const { database, clock, logger, signingKey, listed, discordLogin } = options;
  const signer = new Signer(signingKey, clock);
  const gate = new Gate({ ...options, signer });
  const changes = new Emitter<void>((err) => logger.error({ err }, 'a listener of changed rights failed'));
  const changed = () => changes.emit();
  const people = new People(database, changed);
  const audit = new AuditLog(database);
  const shared = {
    people,
    audit,
    clock,
    credentials: new Credentials(database, changed),
    listing: configuredIdsHash(listed),
  };
  const sessions = new Sessions(shared);
  const tokens = new ApiTokens(shared);
  return {
    gate,
    people,
    audit,
    sessions,
    tokens,
    invites: new Invites(shared),
    visitors: new Visitors({
      gate,
      sessions,
      tokens,
      changes,
      guesses: new RateLimit({ clock, ...guessing }),
    }),
    discordLogin: discordLogin && new DiscordLogin({ ...discordLogin, people, signer }),
  };
}
