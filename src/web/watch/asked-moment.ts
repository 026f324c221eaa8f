/** The moment that an address asks for with `?at=`, in epoch milliseconds; null without one. @param query such as `?at=1795520300` */
export function momentOfQuery(query: string): number | null {
  const at = new URLSearchParams(query).get('at') ?? '';
  return /^\d{1,12}$/.test(at) ? Number(at) * 1000 : null;
}

/** An address without the moment. @param href an absolute address */
export function withoutMoment(href: string): string {
  const url = new URL(href);
  url.searchParams.delete('at');
  return url.href;
}

/** The address that opens at a moment. @param moment epoch milliseconds */
export function withMoment(href: string, moment: number): string {
  const url = new URL(href);
  url.searchParams.set('at', String(Math.floor(moment / 1000)));
  return url.href;
}
