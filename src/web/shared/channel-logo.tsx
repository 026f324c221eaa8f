import { useState } from 'preact/hooks';
import { initials } from './format.ts';

interface ChannelLogoProps {
  readonly name: string;
  /** Path of the picture; null where the channel has none. */
  readonly logo: string | null;
}

/** A channel's picture, or its initials where there is none. Decoration: the name always stands beside it. */
export function ChannelLogo({ name, logo }: ChannelLogoProps) {
  const [broken, setBroken] = useState<string | null>(null);
  return (
    <span class="logo" aria-hidden="true">
      {logo === null || logo === broken ? (
        <span class="logo-initials">{initials(name)}</span>
      ) : (
        <img key={logo} src={logo} alt="" loading="lazy" decoding="async" onError={() => setBroken(logo)} />
      )}
    </span>
  );
}
