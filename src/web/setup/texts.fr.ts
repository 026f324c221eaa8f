import type { SetupTexts } from './texts.en.ts';

/** All texts of the set-up page in French. */
export const fr: SetupTexts = {
  title: 'Configuration',
  adminsOnly:
    'Seuls les admins peuvent régler ce serveur. Demandez ce rôle à un admin, ou connectez-vous comme admin.',
  openConsole: 'Ouvrir la console',
  stepsLabel: 'Étapes de la configuration',
  isDone: '(fait)',
  back: 'Retour',
  next: 'Suivant',
  skip: 'Passer',
  save: 'Enregistrer',
  open: 'Ouvrir dans un nouvel onglet',
  qrOf: (address) => `QR code de ${address}`,
  locked: (names) =>
    `${names.join(', ')} ${names.length === 1 ? 'est réglé' : 'sont réglés'} dans l’environnement ou dans .env, que cette page ne peut pas modifier. Changez-le là, puis redémarrez.`,
  steps: {
    channels: 'Chaînes',
    watch: 'Qui regarde',
    discord: 'Discord',
    telegram: 'Telegram',
    done: 'Terminé',
    settings: 'Tous les réglages',
  },
  headings: {
    channels: 'Vos chaînes',
    watch: 'Qui peut regarder, et d’où ?',
    discord: 'Discord',
    telegram: 'Telegram',
    done: 'Terminé',
    settings: 'Tous les réglages',
  },

  // chaînes
  channelsIntro:
    'Entrez votre abonnement Xtream. En attendant, ce sont les chaînes de démonstration qui passent.',
  channelsOwn: 'Vos propres chaînes sont en place.',
  subscription: 'Abonnement',
  connections: (count) => (count < 2 ? `${count} connexion` : `${count} connexions`),
  channels: (count, shown) => (count < 2 ? `${shown} chaîne` : `${shown} chaînes`),
  until: (day) => `jusqu’au ${day}`,
  works: (facts) => `Ça marche : ${facts}.`,
  inUse: (facts) => `En service : ${facts}.`,
  notAnswered: 'Le fournisseur n’a pas encore répondu.',
  otherSubscription: 'Utiliser un autre abonnement',
  stayWithDemo: 'Garder la démonstration',
  backToDemo: 'Revenir à la démonstration',
  backToDemoSure: 'Revenir aux chaînes de démonstration ? Zapette oublie l’abonnement entré sur cette page.',
  paste: 'Collez ce que votre fournisseur vous a envoyé',
  pasteHint: 'Un message ou un lien M3U. Les champs ci-dessous se remplissent tout seuls.',
  pasteFound: 'Trouvé. Vérifiez les champs ci-dessous.',
  pasteNothing: 'Il n’y a pas d’adresse dedans. Remplissez les champs ci-dessous.',
  accountFields: { url: 'Adresse', username: 'Nom d’utilisateur', password: 'Mot de passe' },
  showPassword: 'Montrer le mot de passe',
  tryAndUse: 'Essayer et utiliser',
  trying: 'Essai…',
  changeIt: 'Changer quand même',
  accounts: {
    title: 'Abonnements et listes',
    hint: 'Les chaînes de tous forment une seule liste. Quand l’un est plein ou en panne, un autre prend le relais.',
    demoHint: 'Une liste M3U suffit, même sans abonnement.',
    add: 'Ajouter un abonnement ou une liste',
    addList: 'Utiliser une liste M3U',
    what: 'De quoi s’agit-il ?',
    kinds: { subscription: 'Un abonnement, avec un nom d’utilisateur', list: 'Une liste M3U' },
    place: 'Adresse de la liste, ou son fichier',
    placeHint:
      'Un fichier doit être dans le dossier de données de Zapette ; il peut être compressé avec gzip.',
    paused: 'En pause : ses chaînes sont laissées de côté.',
    coming: 'Ses chaînes arrivent.',
    environment: 'Ses identifiants sont réglés dans l’environnement ou dans .env.',
    test: 'Tester',
    testing: 'Test en cours…',
    testName: (name) => `Tester ${name}`,
    tested: (name) => `${name} : tout marche.`,
    pause: 'Mettre en pause',
    pauseName: (name) => `Mettre en pause : ${name}`,
    resume: 'Reprendre',
    resumeName: (name) => `Reprendre : ${name}`,
    remove: 'Retirer',
    removeName: (name) => `Retirer : ${name}`,
    removeSure: (name) =>
      `Retirer : ${name} ? Zapette oublie ses identifiants, et ses chaînes quittent la liste.`,
    changeLogin: 'Changer les identifiants',
    changeList: 'Changer l’adresse',
  },
  categories: 'Catégories',
  categoriesHint: 'Décochez ce que vous ne voulez pas dans la liste des chaînes.',
  filterCategories: 'Filtrer les catégories',
  all: 'Toutes',
  none: 'Aucune',
  noCategory: 'Aucune catégorie ne correspond.',
  categoriesSaved: 'Les catégories sont enregistrées.',
  kept: (kept, of, channels) =>
    `${kept} ${kept < 2 ? 'catégorie' : 'catégories'} sur ${of}, ${channels} chaînes`,

  // qui peut regarder
  watchIntro: 'Vous pourrez le changer à tout moment.',
  where: 'D’où ?',
  places: {
    here: { title: 'Cette machine seulement', meaning: 'Personne d’autre ne peut joindre le serveur.' },
    house: {
      title: 'Cette maison',
      meaning: 'Tous les appareils de votre réseau : téléphones, télévisions, ordinateurs.',
    },
    internet: {
      title: 'Internet',
      meaning: 'Vos amis, où qu’ils soient. Il faut une adresse qui mène ici.',
    },
  },
  access: 'Qui ?',
  accesses: {
    public: {
      title: 'Tout le monde',
      meaning: 'Toute personne qui connaît l’adresse regarde, sans se connecter.',
    },
    key: { title: 'Les personnes qui ont le lien', meaning: 'L’adresse à partager contient une clé.' },
    login: {
      title: 'Les personnes connectées',
      meaning: 'Par une invitation ou un bot. Les lecteurs comme VLC utilisent une adresse avec une clé.',
    },
  },
  publicInternet: 'Toute personne sur internet qui trouve l’adresse peut regarder avec votre abonnement.',
  hereCutsOff:
    'Vous êtes sur un autre appareil : une fois ce choix enregistré, cette page ne joindra plus le serveur.',
  wentHome: (address) =>
    `Le serveur ne répond plus que sur sa propre machine. Continuez là-bas, à l’adresse ${address}`,
  watchSaved: 'Enregistré.',
  onOtherDevices: 'Sur vos autres appareils',
  scanHint:
    'Scannez un code avec un téléphone du même réseau. Cette page a essayé chaque adresse depuis cet appareil.',
  reachTrying: 'Essai de l’adresse depuis cet appareil…',
  reachedHere: 'Marche sur cette machine. Scannez le code pour essayer depuis un téléphone.',
  reach: {
    reached: 'Marche depuis cet appareil.',
    another: 'Un autre programme répond à cette adresse.',
    unreachable: 'Injoignable depuis cet appareil.',
    unknown: 'Une page en https ne peut pas essayer cette adresse. Scannez le code avec un téléphone.',
  },
  reachAdvice: (port) => [
    'Cet appareil est-il dans le même réseau que le serveur ? Un réseau invité ou un VPN est un autre réseau.',
    `Un pare-feu du serveur bloque-t-il le port ${port} ? Sous Windows, autorisez Node.js dans les réseaux privés ; sous Linux avec ufw, lancez : sudo ufw allow ${port}/tcp`,
  ],
  tryAgain: 'Réessayer',
  container:
    'Zapette tourne dans un conteneur et ne voit pas l’adresse de sa machine hôte. Les autres utilisent l’adresse de l’hôte, avec le port que vous avez publié.',
  hostAddress: 'Adresse de l’hôte',
  tryIt: 'Essayer',
  noNetwork: 'Cette machine n’est dans aucun réseau. Reliez-la à votre box, puis rechargez cette page.',
  yourAddress: 'Votre adresse',
  publicAddress: 'Votre adresse sur internet',
  publicAddressHint: 'Un domaine qui mène à cette machine, par un proxy inverse avec https.',
  checkAddress: 'Vérifier',
  checkingAddress: 'Vérification…',
  caddy: 'Lignes pour Caddy',
  copyCaddy: 'Copier les lignes',

  // terminé
  watchOpen: 'Une question reste ouverte ; d’ici là, les autres appareils ne peuvent ouvrir que cette page :',
  watchNow: 'Regarder',
  goOn: 'Pour continuer',
  addTelevision: 'Ajouter une télévision ou un lecteur',
  televisionHint: 'Ouvrez cette adresse dans VLC, Kodi, Jellyfin ou l’application IPTV de la télévision.',
  moreTelevisions: 'Avec le guide et plus de chaînes : une adresse par télévision, et sur quoi appuyer',
  televisionOnlyHere:
    'Les télévisions ne peuvent pas encore joindre ce serveur : il ne répond que sur sa propre machine. Changez cela dans',
};
