import { EarlierIcon, LaterIcon } from '../common/icons.tsx';
import { finished, isFirstSetup } from './setup-state.ts';
import { neighbours, step } from './steps.ts';
import { setupTexts } from './texts.ts';

/** Back and Next below each step of the first set-up; a step that is not done can be skipped. */
export function StepFoot() {
  const t = setupTexts.value;
  const { before, after } = neighbours.value;
  if (!isFirstSetup.value || (before === null && after === null)) return null;
  const isDone = finished.value.has(step.value);
  return (
    <footer class="step-foot">
      {before !== null && (
        <a class="button button-plain" href={`#${before}`}>
          <EarlierIcon size={18} />
          {t.back}
        </a>
      )}
      {after !== null && (
        <a class={`button ${isDone ? 'button-main' : 'button-plain'} step-next`} href={`#${after}`}>
          {isDone ? t.next : t.skip}
          <LaterIcon size={18} />
        </a>
      )}
    </footer>
  );
}
