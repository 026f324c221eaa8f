import { z } from 'zod';
import type { Actor, Language } from '../domain/actor.ts';
import { AppError } from '../domain/errors.ts';
import type { People } from '../store/people.ts';
import { type IdsByRole, identify } from './people.ts';
import { hashOf, randomText, type Signer, sameText } from './signer.ts';

/** What the settings say. */
export interface DiscordLoginSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The bot's token, which can read who owns the server. */
  readonly botToken: string;
  readonly guildId: string;
  /** The API's address without a version, as discord.js takes it; null for Discord's own. */
  readonly apiUrl: string | null;
  /** Our redirect address as registered with Discord. */
  readonly redirectUri: string;
  readonly listed: IdsByRole;
  readonly language: Language;
}

export interface DiscordLoginOptions extends DiscordLoginSettings {
  readonly people: Pick<People, 'find'>;
  readonly signer: Signer;
}

/** The lifetime of a log-in attempt, in milliseconds. */
export const ATTEMPT_LIFETIME = 10 * 60_000;
const PATIENCE = 8_000;
const AUTHORIZE = 'https://discord.com/oauth2/authorize';
const API = 'https://discord.com/api';

const tokenSchema = z.object({ access_token: z.string() });
const userSchema = z.object({
  id: z.string(),
  username: z.string(),
  global_name: z.string().nullish(),
  locale: z.string().optional(),
});
const memberSchema = z.object({ nick: z.string().nullish(), roles: z.array(z.string()) });
const guildSchema = z.object({ owner_id: z.string() });

/** "Log in with Discord": OAuth2's authorization code grant with PKCE (RFC 6749, 4.1; RFC 7636). */
export class DiscordLogin {
  readonly #options: DiscordLoginOptions;

  constructor(options: DiscordLoginOptions) {
    this.#options = options;
  }

  /**
   * Starts a log-in.
   * @returns Discord's address to open, and the attempt for the browser to keep. The state and the verifier are derived
   *   from the attempt, so that only the same browser can finish, within ten minutes.
   */
  begin(): { readonly attempt: string; readonly address: string } {
    const { clientId, redirectUri, signer } = this.#options;
    const attempt = signer.sign('discord', randomText(), ATTEMPT_LIFETIME);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope: 'identify guilds.members.read',
      state: stateOf(attempt),
      code_challenge: hashOf(verifierOf(attempt)),
      code_challenge_method: 'S256',
      prompt: 'none',
    });
    return { attempt, address: `${AUTHORIZE}?${query.toString()}` };
  }

  /**
   * Finishes a log-in and identifies the person.
   * @param attempt the attempt that the browser kept.
   * @throws AppError discord_login_failed, discord_unreachable
   */
  async finish(attempt: string | undefined, state: string, code: string): Promise<Actor> {
    const { clientId, clientSecret, botToken, guildId, redirectUri, signer } = this.#options;
    if (!attempt || !signer.verify('discord', attempt) || !sameText(state, stateOf(attempt)))
      throw new AppError('discord_login_failed');
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: clientId,
      client_secret: clientSecret,
      code_verifier: verifierOf(attempt),
    });
    const { access_token: token } = await this.#ask('/oauth2/token', tokenSchema, { method: 'POST', body });
    const asUser = { headers: { authorization: `Bearer ${token}` } };
    const asBot = { headers: { authorization: `Bot ${botToken}` } };
    const [user, member, guild] = await Promise.all([
      this.#ask('/users/@me', userSchema, asUser),
      // People outside the server may still be listed by their own id.
      this.#ask(`/users/@me/guilds/${guildId}/member`, memberSchema, asUser).catch(orNull),
      this.#ask(`/guilds/${guildId}`, guildSchema, asBot).catch(orNull),
    ]);
    const { listed, people, language } = this.#options;
    const introduction = {
      platform: 'discord' as const,
      id: user.id,
      name: member?.nick ?? user.global_name ?? user.username,
      groups: member?.roles ?? [],
      isOwner: guild?.owner_id === user.id,
      languageTag: user.locale,
    };
    return identify(introduction, { listed, people, language });
  }

  async #ask<T>(path: string, schema: z.ZodType<T>, init: RequestInit): Promise<T> {
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(`${this.#options.apiUrl ?? API}/v10${path}`, {
        ...init,
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      });
      answer = await response.json();
    } catch (error) {
      throw new AppError('discord_unreachable', {}, { cause: error });
    }
    if (response.status >= 500) throw new AppError('discord_unreachable');
    const result = schema.safeParse(answer);
    if (!response.ok || !result.success) throw new AppError('discord_login_failed');
    return result.data;
  }
}

/** Turns Discord's refusal into null. @throws every other error */
function orNull(error: unknown): null {
  if (error instanceof AppError && error.code === 'discord_login_failed') return null;
  throw error;
}

function stateOf(attempt: string): string {
  return hashOf(`state.${attempt}`);
}

/** The PKCE verifier: 43 of the characters that RFC 7636, 4.1 allows. */
function verifierOf(attempt: string): string {
  return hashOf(`verifier.${attempt}`);
}
