import { useState } from 'preact/hooks';
import { initials } from './format.ts';

interface ChannelLogoProps {
  readonly name: string;
  /** Path of the logo; null if the channel has none. */
  readonly logo: string | null;
}

/** A channel's logo, or its initials without one; hidden from screen readers, since the name is always beside it. */
export function ChannelLogo({ name, logo }: ChannelLogoProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const [square, setSquare] = useState<string | null>(null);
  return (
    <span class={`logo ${logo !== null && logo === square ? 'logo-square' : ''}`} aria-hidden="true">
      {logo === null || logo === broken ? (
        <span class="logo-initials">{initials(name)}</span>
      ) : (
        <img
          key={logo}
          src={logo}
          alt=""
          loading="lazy"
          decoding="async"
          onLoad={({ currentTarget }) => setSquare(isSquare(currentTarget) ? logo : null)}
          onError={() => setBroken(logo)}
        />
      )}
    </span>
  );
}

/** True for square logos, which mostly fill a tile; all others get a margin. */
function isSquare({ naturalWidth, naturalHeight }: HTMLImageElement): boolean {
  return naturalHeight > 0 && Math.abs(naturalWidth / naturalHeight - 1) < 0.05;
}
