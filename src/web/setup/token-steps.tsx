import type { ComponentChildren } from 'preact';
import { NewTabLink } from './new-tab-link.tsx';

interface TokenStepsProps {
  readonly title: string;
  /** Each step as plain and bold pieces in turn; the first step has the link between its first two pieces. */
  readonly steps: readonly (readonly string[])[];
  readonly link: { readonly href: string; readonly text: string };
  /** The form for the token. */
  readonly children: ComponentChildren;
}

/** How to get a bot's token, in a few numbered steps. */
export function TokenSteps({ title, steps, link, children }: TokenStepsProps) {
  return (
    <section class="setup-card" aria-label={title}>
      <h2>{title}</h2>
      <ol class="bot-steps">
        {steps.map((pieces, index) => (
          <li key={pieces[0]}>
            {index === 0 ? (
              <>
                {pieces[0]}
                <NewTabLink href={link.href}>{link.text}</NewTabLink>
                <Pieces pieces={pieces.slice(1)} />
              </>
            ) : (
              <Pieces pieces={pieces} />
            )}
          </li>
        ))}
      </ol>
      {children}
    </section>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly string[] }) {
  return (
    <>{pieces.map((piece, index) => (index % 2 === 1 ? <strong key={piece}>{piece}</strong> : piece))}</>
  );
}
