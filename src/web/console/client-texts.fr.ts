import type { ClientTexts } from './client-texts.en.ts';

export const fr: ClientTexts = {
  title: 'Télévisions et lecteurs',
  hint: 'Chacun avec sa propre adresse.',
  none: 'Chacun reçoit sa propre adresse.',
  kind: 'Qu’est-ce que c’est ?',
  name: 'Où se trouve-t-il ?',
  add: 'Ajouter',
  once: 'Configurez-le maintenant : ces adresses ne seront plus affichées.',
  address: 'Adresse du tuner',
  playlist: 'Adresse de la liste des chaînes (M3U)',
  guide: 'Adresse du guide (XMLTV)',
  stream: 'Adresse de l’écran partagé',
  server: 'Adresse du serveur',
  user: 'Identifiant',
  password: 'Mot de passe',
  qrOf: (name) => `Code QR de l’adresse pour ${name}`,
  added: (when) => `ajouté ${when}`,
  plays: (channels) => `lit ${channels}`,
  refused: (channel, when, reason) => `${channel} refusée ${when} : ${reason}`,
  end: 'Retirer',
  endOf: (name) => `Retirer ${name}`,
  endSure: (name) => `Retirer ${name} ? La lecture s’arrête aussitôt et ses adresses ne marchent plus.`,
  ended: (name) => `${name} est retiré.`,
  kinds: {
    jellyfin: {
      kind: 'Jellyfin',
      steps: [
        'Dans Jellyfin, ouvrez Tableau de bord, puis TV en direct.',
        'Sous Tuners, appuyez sur + et choisissez HDHomeRun.',
        'Collez l’adresse du tuner et enregistrez.',
        'Sous Fournisseurs de guide TV, appuyez sur +, choisissez XMLTV, collez l’adresse du guide et enregistrez.',
        'Appuyez sur Actualiser les données du guide : les chaînes sont dans TV en direct.',
      ],
    },
    kodi: {
      kind: 'Kodi',
      steps: [
        'Dans Kodi, ouvrez Extensions, Installer depuis un dépôt, Clients enregistreur vidéo, et installez PVR IPTV Simple Client.',
        'Ouvrez sa configuration. Laissez l’emplacement sur Chemin distant.',
        'Collez l’adresse de la liste des chaînes comme URL de la liste M3U.',
        'Le guide vient tout seul : la liste des chaînes le nomme.',
        'Validez et redémarrez Kodi : les chaînes sont sous TV.',
      ],
    },
    plex: {
      kind: 'Plex',
      steps: [
        'Dans Plex, ouvrez Réglages, puis TV en direct et DVR (il faut un Plex Pass), et configurez un tuner.',
        'Choisissez de saisir l’adresse de l’appareil HDHomeRun et tapez l’adresse du tuner.',
        'Plex ne prend que des adresses sans jeton : il a l’écran partagé, là où tout le monde peut regarder.',
        'Choisissez XMLTV comme guide et collez l’adresse du guide.',
        'Associez les chaînes et terminez : elles sont dans TV en direct.',
      ],
    },
    emby: {
      kind: 'Emby',
      steps: [
        'Dans Emby, ouvrez Paramètres, puis TV en direct (il faut Emby Premiere).',
        'Ajoutez une source TV et choisissez HDHomeRun.',
        'Collez l’adresse du tuner et enregistrez.',
        'Ajoutez une source de guide, choisissez XMLTV et collez l’adresse du guide.',
        'Actualisez le guide : les chaînes sont dans TV en direct.',
      ],
    },
    tivimate: {
      kind: 'TiviMate, Smarters',
      steps: [
        'Ouvrez Paramètres, Listes de lecture, Ajouter une liste.',
        'Choisissez Xtream Codes.',
        'Tapez l’adresse du serveur, l’identifiant et le mot de passe.',
        'Ne choisissez que la TV en direct : il n’y a ni films ni séries.',
        'Validez : le guide vient tout seul.',
      ],
    },
    vlc: {
      kind: 'VLC',
      steps: [
        'Dans VLC, ouvrez Média, puis Ouvrir un flux réseau ; sur un téléphone, Parcourir, puis Nouveau flux.',
        'Collez l’adresse de l’écran partagé ou scannez le code.',
        'Appuyez sur Lire : la chaîne change toute seule quand quelqu’un zappe.',
        'Pour les autres chaînes, ouvrez de la même façon l’adresse de la liste des chaînes.',
        'Choisissez les chaînes dans Vue, Liste de lecture.',
      ],
    },
    other: {
      kind: 'Autre chose',
      steps: [
        'Cherchez dans ses réglages une source IPTV, M3U ou une liste de lecture.',
        'Collez l’adresse de la liste des chaînes.',
        'Collez l’adresse du guide s’il en demande une (EPG ou XMLTV).',
        'S’il demande un compte Xtream, choisissez ici TiviMate. S’il demande un tuner, choisissez Jellyfin.',
        'S’il ne prend qu’un seul flux, donnez-lui l’adresse de l’écran partagé.',
      ],
    },
  },
};
