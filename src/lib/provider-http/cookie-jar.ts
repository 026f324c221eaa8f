import { parseSetCookie } from 'cookie';

/** Keeps the cookies that servers set, in memory. */
export class CookieJar {
  /** The cookies' values by domain and name. */
  readonly #domains = new Map<string, Map<string, string>>();

  /** Stores the cookies of an answer. @param headers the values of its Set-Cookie headers. */
  keep(from: URL, headers: readonly string[] = []): void {
    for (const header of headers) {
      const { name, value, domain, maxAge, expires } = parseSetCookie(header, { decode: (raw) => raw });
      if (!name || value === undefined) continue;
      const wanted = domain?.replace(/^\./, '').toLowerCase() ?? '';
      const home = wanted !== '' && isWithin(from.hostname, wanted) ? wanted : from.hostname;
      const cookies = this.#domains.get(home) ?? new Map<string, string>();
      const isOver =
        maxAge !== undefined ? maxAge <= 0 : expires !== undefined && Number(expires) < Date.now();
      if (isOver) cookies.delete(name);
      else cookies.set(name, value);
      this.#domains.set(home, cookies);
    }
  }

  /** The value of the Cookie header for a request to this address; empty if there are no cookies. */
  headerFor({ hostname }: URL): string {
    const all = [...this.#domains].flatMap(([domain, cookies]) =>
      isWithin(hostname, domain) ? [...cookies] : [],
    );
    return all.map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/** Whether a host belongs to a domain. A domain of one label, such as "com", contains no other host. */
function isWithin(host: string, domain: string): boolean {
  return host === domain || (domain.includes('.') && host.endsWith(`.${domain}`));
}
