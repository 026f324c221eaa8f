import { texts } from './language.ts';
import { numberShown } from './number-entry.ts';

/** The channel number being typed, in large digits in a corner as on televisions, and then the channel's name. */
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
