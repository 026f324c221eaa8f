import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** True while some of the element can be seen: the page is shown, and the element is not scrolled away. */
export function useInView(element: RefObject<Element | null>): boolean {
  const isInView = useSignal(false);
  const isPageShown = useSignal(document.visibilityState === 'visible');
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      isInView.value = entries.at(-1)?.isIntersecting ?? false;
    });
    if (element.current) observer.observe(element.current);
    const look = () => {
      isPageShown.value = document.visibilityState === 'visible';
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      observer.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, [element, isInView, isPageShown]);
  return isInView.value && isPageShown.value;
}
