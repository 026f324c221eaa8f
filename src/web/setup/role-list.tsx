import { useRef } from 'preact/hooks';
import { CheckIcon } from '../common/icons.tsx';
import { botTexts } from './bot-texts.ts';
import { LockedNote } from './locked-note.tsx';
import { isLocked } from './setup-state.ts';

/** A role of a Discord server. */
export interface ShownRole {
  readonly id: string;
  readonly name: string;
  /** Such as `#5865f2`; null: Discord's own. */
  readonly colour: string | null;
  /** The server's name where roles of several servers are shown. */
  readonly guild: string | null;
}

interface RoleListProps {
  readonly title: string;
  readonly hint: string;
  readonly roles: readonly ShownRole[];
  /** Ids of roles, also of people or roles that are not among the shown ones. */
  readonly chosen: readonly string[];
  /** The setting with these ids; the environment may decide it instead of this page. */
  readonly setting: string;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Roles as chips to tick: those who may do one thing. */
export function RoleList({ title, hint, roles, chosen, setting, onChange }: RoleListProps) {
  const t = botTexts.value;
  // what is unticked by mistake can be ticked again
  const seen = useRef(new Set<string>());
  for (const id of chosen) seen.current.add(id);
  const others = [...seen.current]
    .filter((id) => roles.every((role) => role.id !== id))
    .map((id): ShownRole => ({ id, name: t.discord.otherId(id), colour: null, guild: null }));
  const toggle = (id: string, isOn: boolean) =>
    onChange(isOn ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <fieldset class="role-list" disabled={isLocked(setting)}>
      <legend>{title}</legend>
      <p class="setup-hint">{hint}</p>
      <div class="chips">
        {[...roles, ...others].map(({ id, name, colour, guild }) => (
          <label key={id} class="chip">
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={(event) => toggle(id, event.currentTarget.checked)}
            />
            <CheckIcon size={16} />
            <svg class="chip-colour" viewBox="0 0 10 10" aria-hidden="true">
              <circle cx="5" cy="5" r="5" fill={colour ?? 'currentColor'} />
            </svg>
            <span>{name}</span>
            {guild !== null && <span class="chip-note">{guild}</span>}
          </label>
        ))}
      </div>
      <LockedNote names={[setting]} />
    </fieldset>
  );
}
