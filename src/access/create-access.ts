import type { DatabaseSync } from 'node:sqlite';
import { platforms, roles } from '../domain/actor.ts';
import type { Clock } from '../lib/clock.ts';
import { Emitter } from '../lib/emitter.ts';
import type { Logger } from '../lib/logger.ts';
import { RateLimit } from '../lib/rate-limit.ts';
import { AuditLog } from '../store/audit-log.ts';
import { Credentials } from '../store/credentials.ts';
import { People } from '../store/people.ts';
import { ApiTokens } from './api-tokens.ts';
import { CalendarTokens } from './calendar-tokens.ts';
import { DiscordLogin, type DiscordLoginSettings } from './discord-login.ts';
import { Gate, type GateRules } from './gate.ts';
import { Invites } from './invites.ts';
import { type ConfiguredIds, configuredIdsHash, type IdsByRole } from './people.ts';
import { Sessions } from './sessions-and-login-links.ts';
import { Signer } from './signer.ts';
import { Visitors } from './visitors.ts';

export interface AccessOptions {
  /** Its properties may change: the gate reads them when it is asked. */
  readonly rules: GateRules;
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signingKey: string;
  /** The ids to which the settings give roles, which may change. */
  readonly listed: () => ConfiguredIds;
  /** Null if "Log in with Discord" is off; the same object as long as its settings are the same. */
  readonly discordLogin: () => { readonly settings: DiscordLoginSettings | null };
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
  readonly calendars: CalendarTokens;
  readonly visitors: Visitors;
  readonly discordLogin: DiscordLogin | null;
  /**
   * Follows a change of the settings' lists: where ids were only added, everybody stays logged in; where some were removed,
   * a role that came by the platform's former lists counts no more.
   */
  listsChanged(before: ConfiguredIds, after: ConfiguredIds): void;
}

export function createAccess(options: AccessOptions): Access {
  const { database, clock, logger, signingKey, listed, rules } = options;
  const signer = new Signer(signingKey, clock);
  const gate = new Gate(rules, signer, clock);
  const changes = new Emitter<void>((err) => logger.error({ err }, 'a listener of changed rights failed'));
  const changed = () => changes.emit();
  const people = new People(database, changed);
  const audit = new AuditLog(database);
  const listing = keptWhileSame(listed, configuredIdsHash);
  const credentials = new Credentials(database, changed);
  const shared = {
    people,
    audit,
    clock,
    credentials,
    get listing() {
      return listing();
    },
  };
  const discordLogin = keptWhileSame(
    options.discordLogin,
    ({ settings }) => settings && new DiscordLogin({ ...settings, people, signer }),
  );
  const sessions = new Sessions(shared);
  const tokens = new ApiTokens(shared);
  return {
    gate,
    people,
    audit,
    sessions,
    tokens,
    invites: new Invites(shared),
    calendars: new CalendarTokens({ signer, people, tokens }),
    visitors: new Visitors({
      gate,
      sessions,
      tokens,
      changes,
      guesses: new RateLimit({ clock, ...guessing }),
    }),
    get discordLogin() {
      return discordLogin();
    },
    listsChanged: (before, after) => {
      for (const platform of platforms)
        if (onlyAdds(before[platform], after[platform]))
          credentials.relist(platform, configuredIdsHash(before), configuredIdsHash(after));
      changed();
    },
  };
}

function onlyAdds(before: IdsByRole, after: IdsByRole): boolean {
  return roles.every((role) => [...before[role]].every((id) => after[role].has(id)));
}

/** Makes something from settings, anew whenever they are another object. */
function keptWhileSame<S extends object, T>(settings: () => S, make: (settings: S) => T): () => T {
  let made: { readonly of: S; readonly value: T } | null = null;
  return () => {
    const of = settings();
    if (made?.of !== of) made = { of, value: make(of) };
    return made.value;
  };
}
