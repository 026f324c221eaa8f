import { useEffect, useState } from 'preact/hooks';

/** As in layout.css. */
const WIDE = '(min-width: 1120px)';

/** True if there is room for a third column. */
export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const follow = () => setWide(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return wide;
}
