import type { Phrases } from './phrases.ts';

export const fr: Phrases = {
  does: {
    play: 'Mettre une chaîne sur l’écran commun',
    stop: 'Arrêter l’écran commun',
    status: 'Ce qui passe en ce moment',
    search: 'Chercher une chaîne',
    watch: 'Où regarder',
    lang: 'Dans quelle langue je vous réponds',
    help: 'Ce que je sais faire',
  },
  options: {
    channel: 'Son nom ou son numéro, écrit comme vous voulez',
    query: 'Un nom, écrit comme vous voulez',
    language: 'fr ou en',
  },
  onAir: 'à l’antenne',
  nothingOn: 'Rien à l’antenne. /play suivi d’un nom lance une chaîne.',
  askedBy: (name) => `demandé par ${name}`,
  viewers: (count) => (count > 1 ? `${count} spectateurs` : `${count} spectateur`),
  now: 'En ce moment',
  next: 'Ensuite',
  opening: (name) => `Ouverture de ${name} …`,
  reconnecting: (attempt, of) => `reconnexion ${attempt}/${of}`,
  whichOne: (query) => `Laquelle est « ${query} » ?`,
  found: (query) => `Trouvé pour « ${query} » :`,
  watchHere: 'Regardez ici :',
  languageIs: 'Je vous réponds désormais en français.',
  help: 'Voici ce que je sais faire :',
  buttons: { stop: '■ Arrêter', watch: '▶ Regarder' },
};
