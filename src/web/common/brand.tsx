/** The remote that gives Zapette its name. */
export function RemoteMark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={`${size / 16}rem`} height={`${size / 16}rem`} viewBox="0 0 32 32" aria-hidden="true">
      <rect x="9" y="1.5" width="14" height="29" rx="6" fill="var(--zest)" />
      <circle cx="16" cy="8" r="2.6" fill="var(--on-air)" />
      <g fill="var(--zest-ink)">
        <circle cx="13.2" cy="15" r="1.25" />
        <circle cx="18.8" cy="15" r="1.25" />
        <circle cx="13.2" cy="19.6" r="1.25" />
        <circle cx="18.8" cy="19.6" r="1.25" />
        <rect x="12.4" y="23.4" width="7.2" height="2.5" rx="1.25" />
      </g>
    </svg>
  );
}
