import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { ApiError } from '../common/api.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import { ChannelPicker } from './channel-picker.tsx';
import { FormDialog } from './form-dialog.tsx';
import { recordingTexts } from './recording-texts.ts';
import { fromField, fullMinute, toField, toServer } from './recording-times.ts';
import { loadRecordings } from './recordings.ts';
import { type Recording, recordingsApi } from './recordings-api.ts';
import { offerWaysOut } from './ways-out-dialog.tsx';

const HOUR = 3_600_000;
const LONGEST_TITLE = 200;

/** What the dialog is about; null while it is closed. */
const edited = signal<Recording | 'new' | null>(null);

/** Opens the dialog for a planned recording, or to record a channel. */
export function editRecording(recording: Recording | 'new'): void {
  edited.value = recording;
}

/** Records a channel from one time to another, or changes what is planned. */
export function RecordingDialog() {
  const recording = edited.value;
  return recording && <Dialog recording={recording} />;
}

function Dialog({ recording }: { readonly recording: Recording | 'new' }) {
  const t = recordingTexts.value;
  const known = recording === 'new' ? null : recording;
  const [now] = useState(() => fullMinute(Date.now()));
  const [channel, setChannel] = useState<ChannelGroup | null>(null);
  const [title, setTitle] = useState(known?.title ?? '');
  const [from, setFrom] = useState(toField(known ? Date.parse(known.start) : now));
  const [to, setTo] = useState(toField(known ? Date.parse(known.stop) : now + HOUR));

  const save = async (): Promise<string> => {
    const [start, stop] = [toServer(from, known?.start), toServer(to, known?.stop)];
    const called = title.trim();
    if (known) {
      const changes = {
        ...(called !== '' && called !== known.title ? { title: called } : {}),
        ...(start !== undefined && start !== known.start ? { start } : {}),
        ...(stop !== undefined && stop !== known.stop ? { stop } : {}),
      };
      const { title: changed } = await recordingsApi.change(known.id, changes);
      return t.changed(changed);
    }
    if (!channel || stop === undefined) throw new ApiError(400, 'bad_request', t.needsChannel);
    const isLater = start !== undefined && (fromField(from) ?? 0) > Date.now();
    const planned = await recordingsApi.plan({
      ...{ channel_id: channel.id, stop },
      ...(isLater ? { start } : {}),
      ...(called === '' ? {} : { title: called }),
    });
    offerWaysOut(planned);
    return t.planned(planned.title);
  };

  return (
    <FormDialog
      title={known ? t.editTitle : t.recordChannel}
      action={known ? t.save : t.record}
      save={save}
      reload={loadRecordings}
      onClose={() => {
        edited.value = null;
      }}
    >
      {!known && <ChannelPicker chosen={channel} onChoose={setChannel} />}
      <label class="recording-title">
        {t.name}
        <input
          type="text"
          maxLength={LONGEST_TITLE}
          autocomplete="off"
          placeholder={known ? undefined : t.nameHint}
          required={known !== null}
          value={title}
          onInput={({ currentTarget: { value } }) => setTitle(value)}
        />
      </label>
      <TimeField label={t.from} value={from} onChange={setFrom} />
      <TimeField label={t.to} value={to} onChange={setTo} />
      {known?.follows_guide && <p class="recording-hint">{t.timesHint}</p>}
    </FormDialog>
  );
}

interface TimeFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <label>
      {label}
      <input
        type="datetime-local"
        required
        value={value}
        onInput={({ currentTarget: { value: typed } }) => onChange(typed)}
      />
    </label>
  );
}
