import type { ScreenTexts } from './screen-texts.en.ts';

/** The console's texts about screens in French. */
export const fr: ScreenTexts = {
  screen: 'Écran',
  add: 'Ajouter',
  addScreen: 'Ajouter un écran',
  added: (name) => `L’écran ${name} est ajouté.`,
  edit: (name) => `Réglages de l’écran : ${name}`,
  save: 'Enregistrer',
  name: 'Nom',
  control: 'Qui peut changer ce qui passe',
  watch: 'Qui peut regarder',
  anyViewer: 'Toute personne qui peut regarder Zapette',
  leastRoles: {
    viewer: 'Toute personne connectée',
    controller: 'Contrôleurs et administrateurs',
    admin: 'Administrateurs seulement',
  },
  remove: 'Retirer',
  removeName: (name) => `Retirer ${name}`,
  removeSure: (name) =>
    `Retirer l’écran ${name} ? Sa chaîne s’arrête, et les lecteurs qui le suivent voient la mire.`,
  removed: (name) => `L’écran ${name} est retiré.`,
  gone: 'Cet écran n’est plus là.',
  move: 'Passer sur un autre écran',
  moveShort: 'Déplacer',
  moveTo: (screen) => `Passer sur ${screen}`,
  moved: (channel, screen) => `${channel} passe maintenant sur ${screen}.`,
  nowOnAir: (channel, screen) => `${channel} est à l’antenne sur ${screen}.`,
};
