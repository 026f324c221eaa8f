import { signal } from '@preact/signals';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { api } from '../common/api.ts';
import type { ChannelGroup } from '../common/contract/channels.ts';
import type { GuideCandidate, GuideMatch } from '../common/contract/guide.ts';
import { toastError } from '../common/failure.ts';
import { guide } from '../common/guide.ts';
import { GuideIcon } from '../common/icons.tsx';
import { texts } from '../common/language.ts';
import { info } from '../common/session.ts';
import { toast } from '../common/toasts.tsx';
import { guideMatchTexts } from './guide-match-texts.ts';
import { shownGuide } from './guide-moment.ts';
import { loadTyped } from './load-typed.ts';

/** The channel whose guide is being chosen; null for none. */
const matching = signal<ChannelGroup | null>(null);

const isAdmin = () => info.value?.role === 'admin';

/** In the row of a channel without a guide, for admins. */
export function NoGuide({ group }: { readonly group: ChannelGroup }) {
  if (!isAdmin() || !shownGuide.value.programmes.value.has(group.guide_id)) return null;
  return (
    <button
      type="button"
      class="guide-none"
      aria-haspopup="dialog"
      onClick={() => {
        matching.value = group;
      }}
    >
      {guideMatchTexts.value.noGuide}
      <span class="hidden-text"> {group.name}</span>
    </button>
  );
}

/** In the row of any channel, for admins. */
export function GuideButton({ group }: { readonly group: ChannelGroup }) {
  if (!isAdmin()) return null;
  const label = guideMatchTexts.value.guideOf(group.name);
  return (
    <button
      type="button"
      class="icon-button channel-guide"
      aria-haspopup="dialog"
      aria-label={label}
      title={label}
      onClick={() => {
        matching.value = group;
      }}
    >
      <GuideIcon size={19} />
    </button>
  );
}

/** Shows the guide of a channel, and lets an admin choose another one. */
export function GuideMatchDialog() {
  const group = matching.value;
  return group && <Dialog key={group.id} group={group} />;
}

function Dialog({ group }: { readonly group: ChannelGroup }) {
  const t = guideMatchTexts.value;
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const [typed, setTyped] = useState('');
  const [match, setMatch] = useState<GuideMatch | null>(null);

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(
    () => loadTyped(typed, async (signal) => setMatch(await api.guideMatch(group.guide_id, typed, signal))),
    [group, typed],
  );

  const choose = async (guideId: string | null) => {
    dialog.current?.close();
    try {
      await api.chooseGuide(group.guide_id, guideId);
      toast('good', t.saved(group.name));
      for (const each of new Set([guide, shownGuide.value])) await each.reload([group.guide_id]);
    } catch (error) {
      toastError(error);
    }
  };

  return (
    <dialog
      class="confirm guide-match"
      ref={dialog}
      aria-labelledby={title}
      onClose={() => {
        matching.value = null;
      }}
    >
      <h2 id={title}>{t.guideOf(group.name)}</h2>
      <p role="status">{match && presentText(match)}</p>
      <input
        type="search"
        aria-label={t.search}
        placeholder={t.search}
        value={typed}
        onInput={({ currentTarget: { value } }) => setTyped(value)}
      />
      <ul aria-label={t.candidates}>
        {match?.candidates.map((candidate) => (
          <li key={candidate.guide_id}>
            <Candidate
              candidate={candidate}
              isPresent={candidate.guide_id === match.match?.guide_id}
              onChoose={() => void choose(candidate.guide_id)}
            />
          </li>
        ))}
      </ul>
      {match?.candidates.length === 0 && <p>{t.nothing}</p>}
      <div class="confirm-buttons">
        {match?.is_chosen && (
          <button type="button" class="button button-plain" onClick={() => void choose(null)}>
            {t.automatic}
          </button>
        )}
        <button type="button" class="button button-plain" onClick={() => void choose('none')}>
          {t.without}
        </button>
        <button type="button" class="button button-plain" onClick={() => dialog.current?.close()}>
          {texts.value.cancel}
        </button>
      </div>
    </dialog>
  );
}

interface CandidateProps {
  readonly candidate: GuideCandidate;
  readonly isPresent: boolean;
  readonly onChoose: () => void;
}

function Candidate({ candidate, isPresent, onChoose }: CandidateProps) {
  const t = guideMatchTexts.value;
  const { guide_id: id, name, confidence, now } = candidate;
  return (
    <button type="button" class="guide-candidate" aria-pressed={isPresent} onClick={onChoose}>
      <strong>{name}</strong>
      <span>{t.percent(Math.round(confidence * 100))}</span>
      <span class="guide-candidate-now">{now ? t.nowOn(now.title) : id}</span>
    </button>
  );
}

function presentText({ match, is_chosen: isChosen }: GuideMatch): string {
  const t = guideMatchTexts.value;
  if (!match) return isChosen ? t.chosenNone : t.none;
  return isChosen ? t.byHand(match.name) : t.byItself(match.name, Math.round(match.confidence * 100));
}
