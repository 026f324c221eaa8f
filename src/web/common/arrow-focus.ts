import { directionOf, hasModifier, takesText } from './keys.ts';
import { type Direction, nearest } from './nearest.ts';
import { tvMode } from './tv-mode.ts';

const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex="0"]:not(section, media-controller)';
/** Arrows stay within one of these as long as it has an element in their direction. */
const GROUP = 'ul, nav, fieldset, .guide, [data-arrow-group]';

/**
 * Lets the arrow keys move the focus over the whole page, as on televisions.
 * @param isTaken whether the page has another use for an arrow at the moment
 */
export function followArrows(isTaken: (direction: Direction) => boolean = () => false): void {
  document.addEventListener('keydown', (event) => {
    const direction = directionOf(event.key);
    if (direction === null || event.defaultPrevented || hasModifier(event)) return;
    if (isTaken(direction) || usesArrow(document.activeElement, direction)) return;
    if (moveFocus(direction)) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !tvMode.peek() || !(event.target instanceof HTMLSelectElement)) return;
    event.preventDefault();
    event.target.showPicker?.();
  });
}

/** Moves the focus in a direction; false if there is no element to move to, so that the page may scroll. */
export function moveFocus(direction: Direction): boolean {
  const scope = scopeOfFocus();
  const current = document.activeElement;
  const candidates = [...scope.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element !== current && isThere(element),
  );
  const target =
    current instanceof HTMLElement && current !== document.body && scope.contains(current)
      ? next(current, candidates, direction)
      : beginning(scope, candidates);
  if (!target) return false;
  focusOn(target);
  return true;
}

/** Focuses an element and scrolls it into view. */
export function focusOn(element: HTMLElement): void {
  // a custom element may contain the input that takes the keys
  const taker = element.shadowRoot?.querySelector<HTMLElement>('input') ?? element;
  taker.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The topmost open dialog, else the page. */
function scopeOfFocus(): ParentNode {
  return [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
}

function beginning(scope: ParentNode, candidates: readonly HTMLElement[]): HTMLElement | undefined {
  const inSight = candidates.filter((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  const main = scope.querySelector('main');
  return (
    inSight.find((element) => element.matches('[data-arrow-start]')) ??
    inSight.find((element) => main?.contains(element)) ??
    inSight[0]
  );
}

function next(current: HTMLElement, candidates: readonly HTMLElement[], direction: Direction) {
  const from = current.getBoundingClientRect();
  const group = current.closest(GROUP);
  const pick = (among: readonly HTMLElement[], onTheWay: boolean) => {
    const boxes = among.map((element) => element.getBoundingClientRect());
    return among[nearest(from, boxes, direction, onTheWay)];
  };
  const within = group ? candidates.filter((element) => group.contains(element)) : [];
  const found = pick(within, true) ?? pick(candidates, false);
  return found && isWithinReach(found, direction) ? found : undefined;
}

/** False for elements more than a screen away: the page scrolls first, since there may be text in between. */
function isWithinReach(element: HTMLElement, direction: Direction): boolean {
  if (direction === 'left' || direction === 'right') return true;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > -innerHeight && top < 2 * innerHeight;
}

function isThere(element: HTMLElement): boolean {
  const { width, height } = element.getBoundingClientRect();
  if (width === 0 || height === 0) return false;
  return element.checkVisibility?.({ visibilityProperty: true }) ?? true;
}

/** True if the element uses the arrow key itself. */
function usesArrow(element: Element | null, direction: Direction): boolean {
  if (!(element instanceof HTMLElement)) return false;
  const isSideways = direction === 'left' || direction === 'right';
  if (element instanceof HTMLSelectElement) return !isSideways && !tvMode.peek();
  if (element.localName.endsWith('-range') || element.getAttribute('role') === 'slider') return isSideways;
  if (element instanceof HTMLInputElement && element.type === 'range') return isSideways;
  if (element instanceof HTMLInputElement && element.type === 'radio') return true;
  if (element instanceof HTMLTextAreaElement) return true;
  if (takesText(element)) return isSideways && !isAtEdge(element, direction);
  return canScroll(element, direction);
}

function isAtEdge(
  { selectionStart, selectionEnd, value }: HTMLInputElement | HTMLTextAreaElement,
  direction: Direction,
) {
  if (selectionStart !== selectionEnd) return false;
  return direction === 'left' ? selectionStart === 0 : selectionEnd === value.length;
}

function canScroll(element: HTMLElement, direction: Direction): boolean {
  const { scrollTop, scrollHeight, clientHeight } = element;
  if (!/auto|scroll/.test(getComputedStyle(element).overflowY)) return false;
  if (direction === 'down') return scrollTop + clientHeight < scrollHeight - 1;
  return direction === 'up' && scrollTop > 0;
}
