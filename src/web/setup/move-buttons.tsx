import { DownIcon, UpIcon } from '../common/icons.tsx';
import { toast } from '../common/toasts.tsx';
import type { FurtherAccount } from './contract.ts';
import { focusNext } from './focus-next.ts';
import { accounts } from './setup-state.ts';
import { setupTexts } from './texts.ts';

interface MoveButtonsProps {
  readonly account: FurtherAccount;
  /** As people read it. */
  readonly name: string;
  readonly all: readonly FurtherAccount[];
  readonly isBusy: boolean;
  /** Gives the accounts another order. Resolves once the list shows it, or a toast says why not. */
  readonly order: (ids: readonly string[]) => Promise<void>;
}

const directions = [
  { key: 'up', by: -1, Icon: UpIcon },
  { key: 'down', by: 1, Icon: DownIcon },
] as const;

/** Moves an account up or down in the order. Both buttons stay at the ends of the list, so that the focus does. */
export function MoveButtons({ account: { id }, name, all, isBusy, order }: MoveButtonsProps) {
  const t = setupTexts.value.accounts;
  const place = all.findIndex((each) => each.id === id);
  const move = async (by: -1 | 1, button: string) => {
    const other = all[place + by];
    if (isBusy || !other) return;
    const swapped = new Map([
      [id, other.id],
      [other.id, id],
    ]);
    await order(all.map((each) => swapped.get(each.id) ?? each.id));
    const now = accounts.value?.items.findIndex((each) => each.id === id);
    if (now === place + by) toast('good', t.moved(name, now + 1, all.length));
    focusNext(`#${button}`);
  };
  return (
    <span class="account-move">
      {directions.map(({ key, by, Icon }) => {
        const button = `account-${key}-${id}`;
        return (
          <button
            key={key}
            id={button}
            type="button"
            class="icon-button"
            aria-label={t[key](name)}
            title={t[key](name)}
            aria-disabled={isBusy || !all[place + by]}
            onClick={() => void move(by, button)}
          >
            <Icon size={20} />
          </button>
        );
      })}
    </span>
  );
}
