import type { DoctorMessages } from './doctor.ts';

const connections = (count: number) => (count > 1 ? `${count} connexions` : `${count} connexion`);
const channels = (count: number) => (count > 1 ? `${count} chaînes` : `${count} chaîne`);
const viewersAway = (count: number) =>
  count < 2 ? `${count} spectateur hors de chez vous` : `${count} spectateurs hors de chez vous`;

export const fr: DoctorMessages = {
  healthy: 'Tout va bien.',
  ill: (count) => (count > 1 ? `${count} points à vérifier.` : 'Un point à vérifier.'),
  topics: {
    ffmpeg: 'FFmpeg',
    account: 'Compte',
    slots: 'Connexions',
    catalogue: 'Liste des chaînes',
    guides: 'Guide',
    publicUrl: 'Adresse pour les autres',
    seats: 'Débit montant',
    edges: 'Edges',
    discovery: 'HDHomeRun',
    jellyfin: 'Jellyfin',
    discord: 'Discord',
    telegram: 'Telegram',
    here: 'Mes droits ici',
    database: 'Base de données',
    disk: 'Disque',
    recordings: 'Enregistrements',
    past: 'Retour en arrière',
    clock: 'Horloge',
  },
  ffmpegIsOld: (version) =>
    `${version}, celui fourni, qui date de 2018 : installez un FFmpeg récent quand vous pourrez.`,
  demo: 'aucun, les chaînes sont donc inventées : entrez votre abonnement sur la page de configuration, à l’étape Chaînes.',
  acceptCertificate: (fingerprint) =>
    `Pour n’accepter que ce certificat, réglez TLS_ACCEPT sur ${fingerprint}`,
  accountOff: (id) => `hors service : pour le reprendre, retirez ${id} de ACCOUNTS_OFF.`,
  goodAccount: (count, until) =>
    `bon${until ? ` jusqu’au ${until}` : ''}${count === null ? '' : `, ${connections(count)}`}`,
  expiresSoon: (until) => `expire le ${until} : renouvelez-le auprès de votre fournisseur.`,
  slots: (used, { capacity, origin }, holders) => {
    const inUse = origin === 'assumed' ? `${used} en service` : `${used} sur ${capacity} en service`;
    const why = {
      set: '',
      told: '',
      learned: ' (limite apprise : le fournisseur en a refusé une de plus ; elle est retentée après un jour)',
      assumed: ' (le fournisseur ne dit pas combien il en accepte)',
    }[origin];
    return `${inUse}${holders ? ` : ${holders}` : ''}${why}`;
  },
  othersWatch: (count) =>
    `le fournisseur compte ${connections(count)} de plus que les miennes : un autre appareil utilise le compte.`,
  catalogue: (count, hours) =>
    hours === 0 ? `${channels(count)}, à jour` : `${channels(count)}, mises à jour il y a ${hours} h`,
  catalogueIsOld: (count, hours) =>
    `${channels(count)}, mais la liste date de ${hours} h : rechargez-la avec /admin reload.`,
  catalogueFailed: 'le dernier rechargement a échoué : le journal dit pourquoi.',
  guides: (count) => (count > 1 ? `${count} autres guides, tous lus` : '1 autre guide, lu'),
  guideFails: (place, why) => `l’adresse ${place} de XMLTV_URLS ${why}`,
  guideTroubles: {
    unreachable: 'ne répond pas : vérifiez qu’elle est bien écrite. Je réessaie.',
    certificate:
      'a un certificat que je n’accepte pas : prenez une autre adresse, ou nommez son hôte dans TLS_ACCEPT.',
    no_https: 'ne parle pas https : écrivez http:// à la place.',
    redirects: 'tourne en rond : demandez la bonne adresse à son fournisseur.',
    refused: 'est refusée : vérifiez la clé qu’elle contient.',
    missing: 'n’a pas de fichier : demandez la bonne adresse à son fournisseur.',
    status: 'répond par une erreur : je réessaie.',
    not_xmltv:
      'n’est pas du XMLTV, ou s’arrête trop tôt : ouvrez-la dans un navigateur pour voir ce que c’est.',
    no_channel: 'n’a plus aucune des chaînes qu’elle avait : l’ancien fichier reste.',
    broken: 'n’a pas pu être lue : le journal dit pourquoi.',
  },
  accountGuideFails: (name, why) => `le guide du fournisseur${name === null ? '' : ` (${name})`} ${why}`,
  accountGuideTroubles: {
    unreachable: 'n’arrive pas : je réessaie.',
    certificate: 'est à une adresse dont je n’accepte pas le certificat : nommez son hôte dans TLS_ACCEPT.',
    no_https: 'est à une adresse qui ne parle pas https : demandez la bonne à votre fournisseur.',
    redirects: 'tourne en rond : demandez la bonne adresse à votre fournisseur.',
    refused: 'est refusé : demandez pourquoi à votre fournisseur. Je réessaie.',
    missing: 'n’existe pas : réglez XMLTV_URLS sur un autre guide.',
    status: 'arrive sous forme d’erreur : je réessaie.',
    not_xmltv: 'est vide, incomplet ou n’est pas du XMLTV : je réessaie. XMLTV_URLS accepte un autre guide.',
    no_channel: 'n’a plus aucune des chaînes qu’il avait : l’ancien reste.',
    broken: 'n’a pas pu être lu : le journal dit pourquoi.',
  },
  publicUrl: {
    unset:
      'non réglée, je ne peux donc pas dire où regarder, et je ne réponds qu’aux adresses IP et aux noms du réseau local : entrez-la sur la page de configuration, à l’étape Qui regarde.',
    local:
      'ne marche que sur cette machine : entrez-en une que les autres joignent sur la page de configuration, à l’étape Qui regarde.',
    reached: 'mène bien ici',
    renamed: 'est refusée, car le proxy change l’en-tête Host : faites-lui transmettre Host tel quel.',
    foreign: 'mène à un autre serveur : vérifiez l’adresse, le proxy et le port de la box.',
    unreachable:
      'injoignable depuis cette machine : vérifiez le proxy et le port de la box (certaines ne refusent que de l’intérieur : essayez depuis un téléphone sans Wi-Fi).',
  },
  seats: (count, taken, rate) => `suffit pour ${viewersAway(count)} à ${rate} Mb/s ; ${taken} en ce moment`,
  seatsFull: (count, taken, rate) =>
    `suffit pour ${viewersAway(count)} à ${rate} Mb/s, mais il y en a ${taken} : leur image saccade. Placez un cache devant (SEGMENTS_URL ; docs/scale.md), ou choisissez une variante de la chaîne au débit plus faible.`,
  edges: (count) => (count === 1 ? 'un seul, qui fonctionne' : `${count}, qui fonctionnent tous`),
  edgesLost: (urls) =>
    `${urls} ne répond pas, ou ne me joint pas. L’image vient d’un autre edge, ou d’ici : vérifiez qu’il tourne, et que ses réglages ORIGIN_HOST et EDGE_SECRET sont justes (deploy/edge/README.md).`,
  discovery: {
    on: 'les lecteurs du réseau local me trouvent d’eux-mêmes.',
    key_needed:
      'les lecteurs ne me trouvent pas d’eux-mêmes, car il faut ici une clé ou une connexion pour regarder : ajoutez-les dans la console, sous Téléviseurs et lecteurs.',
    only_here:
      'les autres machines ne me trouvent pas, car je n’écoute que sur celle-ci : réglez HOST sur 0.0.0.0 dans la page de configuration.',
    port_taken:
      'les lecteurs ne me trouvent pas d’eux-mêmes, car un autre programme occupe le port UDP 65001 : fermez-le. Je réessaie chaque minute.',
    failed:
      'les lecteurs ne me trouvent pas d’eux-mêmes : le journal dit pourquoi. Je réessaie chaque minute.',
  },
  jellyfin: {
    works: 'relit le guide après un changement de chaîne, tant que quelqu’un regarde par lui.',
    unreachable: 'injoignable depuis cette machine : vérifiez JELLYFIN_URL, et que Jellyfin est en marche.',
    refused:
      'refuse la clé : créez-en une dans Jellyfin (Tableau de bord, Clés d’API), et réglez JELLYFIN_API_KEY dessus.',
    no_rights:
      'connaît la clé, mais elle n’est pas celle d’un administrateur : créez-en une dans Jellyfin (Tableau de bord, Clés d’API), et réglez JELLYFIN_API_KEY dessus.',
    foreign: 'ce n’est pas lui qui répond à JELLYFIN_URL : vérifiez l’adresse, le port, et http ou https.',
    no_guide:
      'n’a pas encore mon guide : dans Jellyfin, ouvrez Tableau de bord, TV en direct, Fournisseurs de données du guide TV, ajoutez XMLTV, et donnez-lui mon adresse suivie de /epg.xml.',
  },
  bot: {
    off: 'désactivé : il n’a pas de jeton. Vous pouvez en entrer un sur la page de configuration.',
    starting: 'démarrage en cours',
    on: 'activé',
    commands_refused:
      'en marche, mais le service refuse mes commandes : les anciennes restent. Le journal dit pourquoi.',
    refused: 'le jeton est refusé : entrez-en un nouveau sur la page de configuration.',
    not_invited:
      'je ne suis pas sur le serveur choisi, ou j’y ai été invité sans la portée applications.commands : invitez-moi depuis la page de configuration.',
    conflict: 'un autre programme utilise le même jeton : arrêtez-le, ou donnez à chacun son bot.',
    unreachable: 'le service est injoignable : je continue d’essayer.',
    broken: 'une erreur m’arrête : je continue d’essayer. Le journal dit laquelle.',
  },
  permissions: {
    view: 'Voir le salon',
    send: 'Envoyer des messages',
    embed: 'Intégrer des liens',
  },
  mayAll: (placeId) => `tout ce qu’il me faut (identifiant de cette discussion : ${placeId})`,
  lacks: (permissions) => `donnez à mon rôle ces permissions dans ce salon : ${permissions}.`,
  free: (size) => `${size} libres dans DATA_DIR`,
  diskIsFull: (size) => `seulement ${size} libres dans DATA_DIR : libérez de l’espace.`,
  recordingsFull: (free, least) =>
    `plus rien n’est enregistré, car il ne reste que ${free} et RECORDINGS_FREE_GB en garde ${least} : libérez de la place, supprimez des enregistrements, ou réglez RECORDINGS_MOST_GB pour que les plus anciens fassent de la place.`,
  recordings: (count) =>
    count === 0
      ? 'aucun ces 7 derniers jours'
      : `${count} ces 7 derniers jours, ${count > 1 ? 'tous complets' : 'complet'}`,
  recordingsFail: ({ complete, incomplete, failed }, why) =>
    `ces 7 derniers jours, complets : ${complete}, incomplets : ${incomplete}, échoués : ${failed}.${why === '' ? '' : ` Le plus souvent : ${why}`}`,
  past: (minutes, wanted) => (wanted === null ? `${minutes} min` : `${minutes} min sur ${wanted}`),
  pastTroubles: {
    disk_full: 'le disque de DATA_DIR est plein : libérez de l’espace.',
    disk_slow: 'le disque de DATA_DIR est trop lent : déplacez DATA_DIR sur un disque plus rapide.',
    disk_unwritable: 'impossible d’écrire dans DATA_DIR/cache/rewind : vérifiez qui peut y écrire.',
    disk_share:
      'un dixième de l’espace libre au plus est utilisé : libérez de l’espace, ou baissez REWIND_MINUTES.',
  },
  database: {
    locked:
      'un autre programme bloque zapette.db : rien n’est perdu tant que je tourne ; fermez ce programme.',
    full: 'le disque est plein : rien n’est perdu tant que je tourne ; libérez de l’espace.',
    unwritable:
      'impossible d’écrire zapette.db : rien n’est perdu tant que je tourne ; donnez DATA_DIR à l’utilisateur qui me fait tourner.',
    damaged: 'zapette.db est endommagé et je ne peux pas encore le réécrire : vérifiez le disque.',
  },
  restored: (from) =>
    from === null
      ? 'zapette.db était endommagé et n’avait pas de sauvegarde : tout le monde a été déconnecté, et seuls les réglages donnent des droits. Le fichier endommagé est gardé à côté.'
      : `zapette.db était endommagé : restauré depuis la sauvegarde du ${from}. Vérifiez qui a quels droits.`,
  goodClock: 'à l’heure',
  wrongClock: (seconds) =>
    `${seconds} s d’écart, ou votre message est arrivé en retard : laissez le système régler l’heure (NTP).`,
};
