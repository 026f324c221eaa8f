import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { toastError } from '../common/failure.ts';
import { botTexts } from './bot-texts.ts';
import { ChoiceSet } from './choice-set.tsx';
import type { DiscordRoles, DiscordState } from './contract.ts';
import { LockedNote } from './locked-note.tsx';
import { RoleList } from './role-list.tsx';
import { isLocked } from './setup-state.ts';

interface DiscordRightsProps {
  readonly state: DiscordState;
  readonly onChange: (roles: DiscordRoles) => Promise<void>;
}

/** The choice of every server. */
const ALL = 'all';

/** The three lists of roles, from the one that may least; each with its setting. */
const lists = [
  ['viewer', 'DISCORD_VIEWER_ROLES'],
  ['controller', 'DISCORD_CONTROLLER_ROLES'],
  ['admin', 'DISCORD_ADMIN_ROLES'],
] as const;

/** Where the bot works, and which roles may do what; every change is saved at once. */
export function DiscordRights({ state, onChange }: DiscordRightsProps) {
  const t = botTexts.value;
  /** What was chosen and is not answered yet. */
  const pending = useSignal<DiscordRoles | null>(null);
  const outcome = useSignal<'saving' | 'saved' | null>(null);
  const last = useRef(0);
  const chosen = pending.value ?? state.chosen;

  const save = async (roles: DiscordRoles) => {
    last.current += 1;
    const turn = last.current;
    pending.value = roles;
    outcome.value = 'saving';
    let isSaved = true;
    try {
      await onChange(roles);
    } catch (error) {
      isSaved = false;
      toastError(error);
    }
    if (turn !== last.current) return;
    pending.value = null;
    outcome.value = isSaved ? 'saved' : null;
  };

  const shown = state.guilds.filter(({ id }) => chosen.guild_id === null || id === chosen.guild_id);
  const roles = shown.flatMap((guild) =>
    guild.roles.map((role) => ({ ...role, guild: shown.length > 1 ? guild.name : null })),
  );
  return (
    <>
      <Where
        guilds={state.guilds}
        guildId={chosen.guild_id}
        onChoose={(guildId) => void save({ ...chosen, guild_id: guildId })}
      />
      <section class="setup-card" aria-labelledby="who-title">
        <div class="bot-title">
          <h2 id="who-title">{t.discord.whoTitle}</h2>
          <p class="bot-outcome" role="status">
            {outcome.value !== null && t[outcome.value]}
          </p>
        </div>
        <p class="setup-hint">{t.discord.whoHint}</p>
        {roles.length === 0 && <p>{t.discord.noRoles}</p>}
        {lists.map(([name, setting]) => (
          <RoleList
            key={name}
            {...t.discord.lists[name]}
            roles={roles}
            chosen={chosen[name]}
            setting={setting}
            onChange={(ids) => void save({ ...chosen, [name]: ids })}
          />
        ))}
      </section>
    </>
  );
}

interface WhereProps {
  readonly guilds: DiscordState['guilds'];
  readonly guildId: string | null;
  readonly onChoose: (guildId: string | null) => void;
}

/** The server where the bot works, or all of them. */
function Where({ guilds, guildId, onChoose }: WhereProps) {
  const t = botTexts.value;
  const isDisabled = isLocked('DISCORD_GUILD_ID');
  const one = guilds.map(({ id, name }) => ({
    value: id,
    title: t.discord.onlyOn(name),
    meaning: '',
    isDisabled,
  }));
  const all = { value: ALL, title: t.discord.everywhere, meaning: t.discord.everywhereHint, isDisabled };
  return (
    <section class="setup-card">
      <ChoiceSet
        name="guild"
        legend={t.discord.whereTitle}
        choices={[...one, all]}
        chosen={guildId ?? ALL}
        onChoose={(value) => onChoose(value === ALL ? null : value)}
      />
      <LockedNote names={['DISCORD_GUILD_ID']} />
    </section>
  );
}
