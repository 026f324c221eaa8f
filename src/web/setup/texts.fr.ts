import type { SetupTexts } from './texts.en.ts';

/** All texts of the set-up page in French. */
export const fr: SetupTexts = {
  title: 'Installation',
  adminsOnly:
    'Seuls les admins peuvent régler ce serveur. Demandez ce rôle à un admin, ou connectez-vous comme admin.',
  openConsole: 'Ouvrir la console',
  stepsLabel: 'Étapes de l’installation',
  isDone: '(fait)',
  back: 'Retour',
  next: 'Suivant',
  skip: 'Passer',
  steps: {
    channels: 'Chaînes',
    watch: 'Qui peut regarder',
    discord: 'Discord',
    telegram: 'Telegram',
    done: 'Terminé',
    settings: 'Tous les réglages',
  },
  headings: {
    channels: 'Vos chaînes',
    watch: 'Qui peut regarder, et d’où ?',
    discord: 'Discord',
    telegram: 'Telegram',
    done: 'Tout est prêt',
    settings: 'Tous les réglages',
  },
};
