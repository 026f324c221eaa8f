import type { Language } from '../domain/actor.ts';

/** What the set-up page says about an address at which others shall reach the server. */
export interface ReachabilityMessages {
  readonly is: Readonly<
    Record<
      'reached' | 'renamed' | 'foreign' | 'unreachable' | 'certificate' | 'local' | 'no_address',
      (url: string) => string
    >
  >;
  readonly noHttps: string;
  readonly eventsHeldBack: string;
}

const en: ReachabilityMessages = {
  is: {
    reached: (url) => `${url} leads here.`,
    renamed: (url) =>
      `${url} leads here, but the proxy changes the Host header: make it pass Host on as it is (in nginx: proxy_set_header Host $host;).`,
    foreign: (url) =>
      `${url} leads to another server: check the address, the proxy’s target and the port forwarding of the router.`,
    unreachable: (url) =>
      `Nothing answers at ${url}: check that the name leads to your router, that the router forwards ports 80 and 443 to the proxy, and that the proxy runs. Some routers refuse only from inside: then try it with a phone without Wi-Fi.`,
    certificate: (url) =>
      `The certificate at ${url} is not valid: let Caddy make one (the lines below), or renew it.`,
    local: (url) =>
      `${url} works on this machine alone: give the address that others reach, such as tv.example.org.`,
    no_address: (typed) => `“${typed}” is not an address: type one such as https://tv.example.org.`,
  },
  noHttps:
    'Without https, passwords and links can be read on the way, and some browsers do not play: use https outside your house.',
  eventsHeldBack:
    'The proxy holds events back, so pages would learn of a switch late: turn its buffering off for this address (in nginx: proxy_buffering off;).',
};

const fr: ReachabilityMessages = {
  is: {
    reached: (url) => `${url} mène bien ici.`,
    renamed: (url) =>
      `${url} mène ici, mais le proxy change l’en-tête Host : faites-lui transmettre Host tel quel (dans nginx : proxy_set_header Host $host;).`,
    foreign: (url) =>
      `${url} mène à un autre serveur : vérifiez l’adresse, la cible du proxy et la redirection de port de la box.`,
    unreachable: (url) =>
      `Rien ne répond à ${url} : vérifiez que le nom mène à votre box, que la box redirige les ports 80 et 443 vers le proxy, et que le proxy tourne. Certaines box ne refusent que de l’intérieur : essayez alors depuis un téléphone sans Wi-Fi.`,
    certificate: (url) =>
      `Le certificat de ${url} n’est pas valable : laissez Caddy en créer un (les lignes ci-dessous), ou renouvelez-le.`,
    local: (url) =>
      `${url} ne marche que sur cette machine : indiquez l’adresse que les autres joignent, comme tv.example.org.`,
    no_address: (typed) => `« ${typed} » n’est pas une adresse : tapez par exemple https://tv.example.org.`,
  },
  noHttps:
    'Sans https, les mots de passe et les liens peuvent être lus en chemin, et certains navigateurs ne lisent rien : utilisez https hors de chez vous.',
  eventsHeldBack:
    'Le proxy retient les événements, et les pages apprendraient un changement en retard : désactivez sa mise en tampon pour cette adresse (dans nginx : proxy_buffering off;).',
};

export function reachabilityMessagesIn(language: Language): ReachabilityMessages {
  return { en, fr }[language];
}
