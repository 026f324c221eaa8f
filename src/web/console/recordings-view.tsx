import { useEffect, useState } from 'preact/hooks';
import { CopyField } from '../common/copy-field.tsx';
import { toastError } from '../common/failure.ts';
import { fileSize } from '../common/format.ts';
import { language } from '../common/language.ts';
import { may } from '../common/session.ts';
import { editRecording } from './recording-dialog.tsx';
import { groupsOf, type RecordingGroups } from './recording-groups.ts';
import { RecordingRow } from './recording-row.tsx';
import { recordingTexts } from './recording-texts.ts';
import { loadRecordings, recordings } from './recordings.ts';
import { type Recording, type RecordingList, recordingsApi } from './recordings-api.ts';
import { SeriesSection } from './series-section.tsx';

/** Milliseconds: what runs takes more of the disk without any event. */
const DISK_MS = 30_000;
/** Rows of one group at first. */
const SHOWN = 50;
const groups: readonly (keyof RecordingGroups)[] = ['now', 'planned', 'done', 'failed'];

/** All recordings, with the buttons for those who may record, and their calendar. */
export function RecordingsView() {
  const t = recordingTexts.value;
  const list = recordings.value;
  useEffect(lookAgain, []);
  if (list === null) return null;
  const byGroup = groupsOf(list.items);
  return (
    <div class="recordings">
      <header class="part-head">
        <h2>{t.title}</h2>
        <Disk disk={list.disk} />
        {may('record') && (
          <button
            type="button"
            class="button button-main"
            aria-haspopup="dialog"
            onClick={() => editRecording('new')}
          >
            {t.recordChannel}
          </button>
        )}
      </header>
      {list.items.length === 0 && (
        <p class="channel-none">
          {t.none} {may('record') ? t.noneHint : t.noneHintViewer}
        </p>
      )}
      {groups.map(
        (name) => byGroup[name].length > 0 && <Group key={name} name={name} items={byGroup[name]} />,
      )}
      {may('record') && <SeriesSection />}
      <Calendar />
    </div>
  );
}

function Disk({ disk: { used, free } }: Pick<RecordingList, 'disk'>) {
  const size = (bytes: number) => fileSize(bytes, language.value);
  return (
    <p class="recordings-disk">{recordingTexts.value.disk(size(used), free === null ? null : size(free))}</p>
  );
}

interface GroupProps {
  readonly name: keyof RecordingGroups;
  readonly items: readonly Recording[];
}

function Group({ name, items }: GroupProps) {
  const t = recordingTexts.value;
  const [isWhole, setWhole] = useState(false);
  const id = `recordings-${name}`;
  return (
    <section class="part" aria-labelledby={id}>
      <h3 id={id}>{t.groups[name]}</h3>
      <ul class="title-hits">
        {items.slice(0, isWhole ? items.length : SHOWN).map((recording) => (
          <RecordingRow key={recording.id} recording={recording} />
        ))}
      </ul>
      {!isWhole && items.length > SHOWN && (
        <button type="button" class="button button-plain part-more" onClick={() => setWhole(true)}>
          {t.showAll(items.length)}
        </button>
      )}
    </section>
  );
}

function Calendar() {
  const t = recordingTexts.value;
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    recordingsApi.calendar().then(setAddress, toastError);
  }, []);
  return (
    address !== null && (
      <section class="part recordings-calendar" aria-labelledby="recordings-calendar">
        <h3 id="recordings-calendar">{t.calendar}</h3>
        <p>{t.calendarHint}</p>
        <CopyField label={t.calendarAddress} value={address} />
      </section>
    )
  );
}

/** Loads the list now, and now and then while the page is visible. */
function lookAgain(): () => void {
  void loadRecordings();
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') void loadRecordings();
  }, DISK_MS);
  return () => clearInterval(timer);
}
