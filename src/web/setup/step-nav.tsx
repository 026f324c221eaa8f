import { useEffect, useRef } from 'preact/hooks';
import { CheckIcon } from '../common/icons.tsx';
import { finished, isFirstSetup } from './setup-state.ts';
import { type Step, step, steps } from './steps.ts';
import { setupTexts } from './texts.ts';

/** The steps with a mark on those that are done; after the first set-up they are tabs, with all settings as the last. */
export function StepNav() {
  const t = setupTexts.value;
  const nav = useRef<HTMLElement>(null);
  const first = isFirstSetup.value;
  const shown: readonly Step[] = first ? steps : [...steps, 'settings'];
  useEffect(() => {
    const current = nav.current?.querySelector('[aria-current]');
    current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [step.value]);
  return (
    <nav class={`steps ${first ? 'steps-first' : ''}`} ref={nav} aria-label={t.stepsLabel}>
      <ol>
        {shown.map((name, index) => {
          const isDone = finished.value.has(name);
          return (
            <li key={name}>
              <a href={`#${name}`} aria-current={step.value === name ? 'step' : undefined}>
                {(first || isDone) && (
                  <span class={`step-mark ${isDone ? 'step-done' : ''}`} aria-hidden="true">
                    {isDone ? <CheckIcon size={14} /> : index + 1}
                  </span>
                )}
                <span>
                  {t.steps[name]}
                  {isDone && <span class="hidden-text"> {t.isDone}</span>}
                </span>
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
