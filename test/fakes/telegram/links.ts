/** The service's words for refusing a link, or null. It refuses hosts without a dot. */
export function linkFault(link: string): string | null {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(link)?.[1]?.toLowerCase();
  if (scheme === 'tg' || scheme === 'ton' || scheme === 'tonsite') return null;
  if (scheme && scheme !== 'http' && scheme !== 'https') return 'Unsupported URL protocol';
  if (!URL.canParse(scheme ? link : `http://${link}`)) return 'Wrong HTTP URL';
  const { hostname } = new URL(scheme ? link : `http://${link}`);
  if (hostname === '') return 'URL host is empty';
  return hostname.includes('.') || hostname.startsWith('[') ? null : 'Wrong HTTP URL';
}

/** Whether a server on the internet could fetch the address. */
export function isReachable(link: string): boolean {
  if (!URL.canParse(link)) return false;
  const { hostname, protocol } = new URL(link);
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return !/^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(hostname);
}
