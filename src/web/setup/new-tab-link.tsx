import type { ComponentChildren } from 'preact';
import { botTexts } from './bot-texts.ts';

interface NewTabLinkProps {
  readonly href: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A link to another site, which opens in a new tab, so that this page stays. */
export function NewTabLink({ href, class: look, children }: NewTabLinkProps) {
  return (
    <a href={href} class={look} target="_blank" rel="noopener noreferrer">
      {children}
      <span class="hidden-text"> {botTexts.value.opensTab}</span>
    </a>
  );
}
