import { flights } from './reactions.ts';

/** The emojis that float up over the picture, hidden from screen readers. */
export function ReactionLayer() {
  return (
    <div class="reaction-layer" aria-hidden="true">
      {flights.value.map(({ id, emoji, left, drift, delay }) => (
        <span
          key={id}
          style={{ left: `${left}%`, '--drift': `${drift}cqw`, animationDelay: `${Math.round(delay)}ms` }}
        >
          {emoji}
        </span>
      ))}
    </div>
  );
}
