import { useId } from 'preact/hooks';

interface Choice<T extends string> {
  readonly value: T;
  readonly title: string;
  /** What it means. */
  readonly meaning: string;
  readonly isDisabled: boolean;
}

interface ChoiceSetProps<T extends string> {
  readonly name: string;
  readonly legend: string;
  readonly choices: readonly Choice<T>[];
  /** Null: nothing is chosen yet. */
  readonly chosen: T | null;
  readonly onChoose: (value: T) => void;
}

/** A question with a few answers, each with what it means. */
export function ChoiceSet<T extends string>({ name, legend, choices, chosen, onChoose }: ChoiceSetProps<T>) {
  const id = useId();
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {choices.map(({ value, title, meaning, isDisabled }) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name={name}
            value={value}
            required
            checked={chosen === value}
            disabled={isDisabled}
            aria-labelledby={`${id}-${value}`}
            aria-describedby={`${id}-${value}-meaning`}
            onChange={() => onChoose(value)}
          />
          <span>
            <strong id={`${id}-${value}`}>{title}</strong>
            <span id={`${id}-${value}-meaning`}>{meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
