import { now } from './clock.ts';
import type { Programme } from './contract/guide.ts';
import { clockTime, progress } from './format.ts';
import { locale, texts } from './language.ts';
import { behind } from './past.ts';

/** The progress of the programme on air between its start and its end. */
export function ProgrammeBar({ programme }: { readonly programme: Programme }) {
  const done = progress(programme, now.value - behind.value);
  if (done === null) return null;
  const percent = Math.round(done * 1_000) / 10;
  return (
    <div class="programme-bar">
      <time datetime={programme.start}>{clockTime(programme.start, locale.value)}</time>
      <progress max={100} value={percent} aria-label={texts.value.programmeProgress} />
      <time datetime={programme.stop}>{clockTime(programme.stop, locale.value)}</time>
    </div>
  );
}
