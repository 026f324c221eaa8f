import { useEffect, useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import { ChannelLogo } from '../common/channel-logo.tsx';
import type { ChannelGroup } from '../common/contract/channels.ts';
import { loadTyped } from './load-typed.ts';
import { recordingTexts } from './recording-texts.ts';

const MOST_FOUND = 6;

/** What is shown of a chosen channel. */
export type PickedChannel = Pick<ChannelGroup, 'id' | 'name' | 'logo'>;

interface ChannelPickerProps {
  readonly chosen: PickedChannel | null;
  readonly onChoose: (channel: ChannelGroup | null) => void;
}

/** Chooses a channel by typing its name or number. */
export function ChannelPicker({ chosen, onChoose }: ChannelPickerProps) {
  const t = recordingTexts.value;
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<readonly ChannelGroup[] | null>(null);
  useEffect(() => {
    if (typed.trim() === '') {
      setFound(null);
      return;
    }
    return loadTyped(typed, async (signal) => {
      const query = { q: typed.trim(), category: null, page: 1, page_size: MOST_FOUND };
      setFound((await api.groups(query, signal)).items);
    });
  }, [typed]);
  if (chosen) {
    return (
      <div class="channel-picked">
        <ChannelLogo name={chosen.name} logo={chosen.logo} />
        <strong>{chosen.name}</strong>
        <button type="button" class="button button-plain" onClick={() => onChoose(null)}>
          {t.chooseOther}
        </button>
      </div>
    );
  }
  return (
    <div class="channel-picker">
      <label>
        {t.channel}
        <input
          type="search"
          required
          autocomplete="off"
          placeholder={t.channelHint}
          value={typed}
          onInput={({ currentTarget: { value } }) => setTyped(value)}
          onKeyDown={(event) => {
            // Enter takes the first one in place of sending the form without any.
            const [first] = found ?? [];
            if (event.key !== 'Enter' || !first) return;
            event.preventDefault();
            onChoose(first);
          }}
        />
      </label>
      <p role="status" class={found?.length === 0 ? '' : 'hidden-text'}>
        {found?.length === 0 ? t.noChannel : ''}
      </p>
      <ul>
        {found?.map((group) => (
          <li key={group.id}>
            <button type="button" class="guide-candidate channel-found" onClick={() => onChoose(group)}>
              <ChannelLogo name={group.name} logo={group.logo} />
              <strong>{group.name}</strong>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
