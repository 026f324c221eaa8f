import { texts } from './language.ts';
import { numberShown } from './number-entry.ts';

/** The number that is being typed, large in a corner, as televisions show it; then the channel that has it. */
export function NumberDisplay() {
  const shown = numberShown.value;
  return (
    <div class="number-display" role="status">
      {shown && (
        <p>
          <strong>{shown.digits}</strong>
          {shown.channel !== null && (
            <span>
              {shown.channel === 'missing' ? texts.value.noSuchNumber(shown.digits) : shown.channel.name}
            </span>
          )}
        </p>
      )}
    </div>
  );
}
