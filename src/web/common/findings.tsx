import type { Finding } from './contract/server.ts';
import { texts } from './language.ts';

const marks: Readonly<Record<Finding['mark'], string>> = {
  good: '✔',
  warning: '⚠',
  bad: '✖',
  off: '–',
};

/** Results of the diagnostics, each with its mark. */
export function Findings({ items }: { readonly items: readonly Finding[] }) {
  return (
    <ul class="findings">
      {items.map(({ subject, mark, topic, text }) => (
        <li key={`${subject} ${topic}`} class={`finding finding-${mark}`}>
          <span aria-hidden="true">{marks[mark]}</span>
          <span class="hidden-text">{texts.value.marks[mark]}</span>
          <p>
            <strong>{topic}</strong> {text}
          </p>
        </li>
      ))}
    </ul>
  );
}
