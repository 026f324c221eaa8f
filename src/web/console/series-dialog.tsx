import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import { ChannelPicker, type PickedChannel } from './channel-picker.tsx';
import { FormDialog } from './form-dialog.tsx';
import { recordingTexts } from './recording-texts.ts';
import { loadRecordings } from './recordings.ts';
import { loadSeries, type Series, type SeriesWish, seriesApi } from './series.ts';
import { SeriesPreview } from './series-preview.tsx';

/** What a new rule begins with. */
interface NewSeries {
  readonly title: string;
  readonly channel: PickedChannel;
}

const LONGEST_TITLE = 200;
const LEAST_TITLE = 3;
/** Programmes that the dialog names. */
const MOST = 5;
/** Milliseconds without a key after which the guide is searched. */
const TYPED_MS = 300;

/** What the dialog is about; null while it is closed. */
const edited = signal<Series | NewSeries | 'new' | null>(null);

/** Opens the dialog for a rule, or for a new one. */
export function editSeries(rule: Series | 'new'): void {
  edited.value = rule;
}

/** Opens the dialog for a programme's series. */
export function recordSeries({ id, name, logo }: ChannelGroup, title: string): void {
  edited.value = { title, channel: { id, name, logo } };
}

/** Adds a rule by which a series is recorded, or changes one, and shows what it takes. */
export function SeriesDialog() {
  return edited.value && <Dialog about={edited.value} />;
}

function Dialog({ about }: { readonly about: Series | NewSeries | 'new' }) {
  const t = recordingTexts.value.series;
  const isKnown = about !== 'new' && 'id' in about;
  const rule = isKnown ? about : null;
  const first = isKnown || about === 'new' ? null : about;
  const [title, setTitle] = useState(rule?.title ?? first?.title ?? '');
  const [match, setMatch] = useState<SeriesWish['match']>(rule?.match ?? 'exact');
  const [channel, setChannel] = useState<PickedChannel | null>(first?.channel ?? channelOf(rule));
  const [isOnOne, setOnOne] = useState(channel !== null);
  const [isNewOnly, setNewOnly] = useState(rule?.new_only ?? false);
  const wish: SeriesWish = {
    ...{ title: title.trim(), match, new_only: isNewOnly },
    ...(isOnOne && channel ? { channel_id: channel.id } : {}),
  };

  const save = async (): Promise<string> => {
    if (isOnOne && !channel) throw new ApiError(400, 'bad_request', recordingTexts.value.needsChannel);
    const { title: called } = await (rule ? seriesApi.change(rule.id, wish) : seriesApi.add(wish));
    return rule ? t.changed(called) : t.added(called);
  };

  return (
    <FormDialog
      title={rule ? t.editTitle : t.add}
      action={rule ? recordingTexts.value.save : t.record}
      save={save}
      reload={() => Promise.all([loadSeries(), loadRecordings()])}
      onClose={() => {
        edited.value = null;
      }}
    >
      <label class="recording-title">
        {recordingTexts.value.name}
        <input
          type="text"
          required
          minLength={LEAST_TITLE}
          maxLength={LONGEST_TITLE}
          autocomplete="off"
          value={title}
          onInput={({ currentTarget: { value } }) => setTitle(value)}
        />
      </label>
      <label>
        {t.titles}
        <select
          value={match}
          onChange={({ currentTarget: { value } }) => setMatch(value === 'words' ? 'words' : 'exact')}
        >
          <option value="exact">{t.matches.exact}</option>
          <option value="words">{t.matches.words}</option>
        </select>
      </label>
      <label>
        {recordingTexts.value.channel}
        <select
          value={isOnOne ? 'one' : 'any'}
          onChange={({ currentTarget: { value } }) => setOnOne(value === 'one')}
        >
          <option value="one">{t.oneChannel}</option>
          <option value="any">{t.anyChannel}</option>
        </select>
      </label>
      {isOnOne && <ChannelPicker chosen={channel} onChoose={setChannel} />}
      <label class="series-check">
        <input
          type="checkbox"
          checked={isNewOnly}
          onChange={({ currentTarget: { checked } }) => setNewOnly(checked)}
        />
        <span>
          {t.newOnly}
          <small>{t.newOnlyHint}</small>
        </span>
      </label>
      {wish.title.length >= LEAST_TITLE && <SeriesPreview wish={wish} delay={TYPED_MS} most={MOST} />}
    </FormDialog>
  );
}

function channelOf(rule: Series | null): PickedChannel | null {
  return rule && rule.channel_id !== null
    ? { id: rule.channel_id, name: rule.channel_label ?? '', logo: null }
    : null;
}
