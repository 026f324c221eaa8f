import { accountMeanings } from './account-meanings.ts';
import type { SettingMessages } from './settings.ts';

export const fr: SettingMessages = {
  groups: {
    account: 'Les abonnements',
    server: 'Le serveur',
    bots: 'Les bots',
    stream: 'L’image et le salon',
    players: 'Télévisions et lecteurs',
    recordings: 'Enregistrements',
  },
  meanings: {
    XTREAM_URL:
      'Adresse du serveur de votre fournisseur. Elle va avec l’identifiant et le mot de passe ; s’il manque l’un des trois réglages, c’est la démo.',
    XTREAM_USERNAME: 'Identifiant de l’abonnement.',
    XTREAM_PASSWORD: 'Mot de passe de l’abonnement.',
    XTREAM_MAX_CONNECTIONS:
      'Nombre maximal de connexions simultanées ; sinon, autant que l’abonnement en permet.',
    ...accountMeanings({
      url: 'Adresse du serveur de l’abonnement {number}. Elle va avec son identifiant et son mot de passe. Ses chaînes rejoignent celles de vos autres abonnements.',
      username: 'Identifiant de l’abonnement {number}.',
      password: 'Mot de passe de l’abonnement {number}.',
      maxConnections:
        'Nombre maximal de connexions simultanées à l’abonnement {number} ; sinon, autant qu’il en permet.',
      listUrl:
        'Adresse de la liste M3U {number}, ou chemin d’un fichier de DATA_DIR, compressé ou non avec gzip. Ses chaînes rejoignent celles de vos abonnements.',
      listMaxConnections:
        'Nombre maximal de connexions simultanées pour la liste M3U {number} ; sinon, autant que son serveur en accepte à l’usage.',
    }),
    ACCOUNTS_OFF:
      'Abonnements et listes à laisser de côté pour l’instant, séparés par des virgules : main pour XTREAM_URL, x2 pour XTREAM_2_URL, m1 pour M3U_1_URL et ainsi de suite. Leurs réglages et leurs chaînes sont conservés.',
    ACCOUNTS_ORDER:
      'Ordre des abonnements et des listes, séparés par des virgules, comme m1,main,x2. Quand plusieurs ont une chaîne dans la même qualité, le premier d’entre eux la diffuse. Ceux qui ne sont pas nommés suivent ; sinon, les abonnements viennent d’abord, dans l’ordre de leurs numéros.',
    XTREAM_USER_AGENT: 'Nom de lecteur présenté au fournisseur.',
    TLS_ACCEPT:
      'Serveurs https du fournisseur à accepter malgré un certificat auto-signé ou expiré : noms d’hôtes (.example.org pour tous les noms en dessous), empreintes SHA-256 de certificats (/doctor montre celle qui a été refusée), ou any pour tous. Les hôtes nommés ici, ou tous avec any, peuvent aussi utiliser un chiffrement dépassé. Sinon, seuls les certificats valables sont acceptés.',
    HIDDEN_CATEGORIES:
      'Catégories à ne pas mettre dans la liste des chaînes : leurs identifiants, séparés par des virgules. Ceux des autres abonnements commencent par l’abonnement, comme x2:17.',
    HIDDEN_CHANNELS:
      'Chaînes à ne pas mettre dans la liste des chaînes : des mots de leurs noms ou de ceux de leurs catégories, séparés par des virgules, où * remplace n’importe quelles lettres, comme adulte, xxx*, 24/7. Les majuscules et les accents ne comptent pas.',
    ONLY_CHANNELS:
      'Chaînes à garder dans la liste des chaînes, sous la même forme, comme fr, bbc* ; toutes les autres sont laissées de côté. Sinon, toutes les chaînes.',
    HOST: 'Adresse d’écoute : 127.0.0.1 pour cette machine seulement ; 0.0.0.0 permet aux autres machines de se connecter.',
    PORT: 'Port d’écoute.',
    PUBLIC_URL:
      'Adresse publique : celle à laquelle les autres joignent ce serveur, comme https://tv.example.org. Sans elle, les bots ne donnent pas de liens ; hors du réseau local, Zapette ne répond qu’à ce nom. Sinon, c’est l’adresse de chaque requête qui compte.',
    TRUST_PROXY: 'Derrière un proxy inverse : true, ou les adresses du proxy, séparées par des virgules.',
    DATA_DIR: 'Dossier des clés, de la base de données, de la liste des chaînes et du guide.',
    ADMIN_TOKEN:
      'Jeton du propriétaire, aussi pour les scripts : au moins 12 caractères. Sinon, il est créé au premier démarrage et montré une seule fois.',
    VIEWER_ACCESS:
      'Qui peut regarder : public (toute personne qui joint le serveur), key (celles qui ont la clé, avec des adresses qui finissent par ?key=…), ou login (celles qui sont connectées ; les lecteurs ont besoin de la clé).',
    EMBED_ORIGINS:
      'Sites qui peuvent afficher /watch?embed=1 dans un cadre, séparés par des virgules ; sinon aucun.',
    SEGMENTS_URL:
      'Adresses de caches sur des serveurs loués (edges) d’où les spectateurs reçoivent l’image, séparées par des virgules. Elle ne quitte alors cette ligne qu’une fois pour chacun, quel que soit le nombre de spectateurs.',
    EDGE_SECRET:
      'Ce qui signe les adresses que les edges peuvent garder, si nginx doit les vérifier lui-même : lettres, chiffres, - et _, 16 au moins. Avec lui, les edges indiquent aussi combien de spectateurs ils ont. Sinon Zapette en crée un et vérifie lui-même.',
    PLAYLIST_CACHE_SECONDS:
      'Nombre de secondes pendant lesquelles les edges peuvent garder la liste de lecture du direct : 1 ou 2 pour des milliers de spectateurs ; 0 pour ne pas la garder.',
    UPLOAD_MBIT:
      'Débit montant de votre ligne, en mégabits par seconde : /doctor dit alors combien de spectateurs hors de chez vous elle supporte. 0 : inconnu.',
    DEFAULT_LANGUAGE: 'Langue des personnes dont la langue est inconnue : fr ou en.',
    LOG_LEVEL:
      'Gravité minimale des lignes du journal : fatal, error, warn, info, debug, trace ou silent (aucune).',
    ACCESS_LOG:
      'Journaliser ou non chaque requête : off ou on. Une ligne donne la route, le statut, les octets, la durée et une partie de l’adresse du client, jamais l’adresse demandée en entier, qui peut contenir une clé.',
    DISCORD_TOKEN: 'Jeton du bot Discord ; sans lui, le bot est désactivé.',
    DISCORD_GUILD_ID:
      'Identifiant du seul serveur Discord où le bot fonctionne ; sinon, tous ceux où il se trouve.',
    DISCORD_API_URL: 'Adresse d’un proxy pour l’API de Discord ; sinon, celle de Discord.',
    DISCORD_ADMIN_ROLES:
      'Administrateurs sur Discord, qui peuvent tout faire : identifiants de rôles ou de personnes, séparés par des virgules. Le propriétaire du serveur est toujours administrateur.',
    DISCORD_CONTROLLER_ROLES:
      'Contrôleurs sur Discord, qui peuvent aussi arrêter et relancer les chaînes : identifiants de rôles ou de personnes, séparés par des virgules.',
    DISCORD_VIEWER_ROLES:
      'Spectateurs sur Discord, qui peuvent choisir les chaînes : identifiants de rôles ou de personnes, séparés par des virgules. Un administrateur peut aussi donner accès avec /admin allow.',
    DISCORD_CLIENT_ID:
      '« Se connecter avec Discord » sur le web : identifiant de l’application, sur sa page OAuth2, où PUBLIC_URL/login/discord doit figurer parmi les redirections. Il faut aussi DISCORD_TOKEN, DISCORD_GUILD_ID et PUBLIC_URL.',
    DISCORD_CLIENT_SECRET:
      '« Se connecter avec Discord » sur le web : secret de l’application, sur sa page OAuth2.',
    TELEGRAM_TOKEN: 'Jeton du bot Telegram, donné par @BotFather ; sans lui, le bot est désactivé.',
    TELEGRAM_API_URL: 'Adresse de votre propre serveur Bot API ; sinon, celui de Telegram.',
    TELEGRAM_WEBHOOK:
      'true : Telegram envoie les nouveautés à PUBLIC_URL, qui doit être en https ; false : le bot les demande, ce qui marche partout.',
    TELEGRAM_ADMIN_IDS:
      'Administrateurs sur Telegram, qui peuvent tout faire : identifiants de personnes ou de groupes, séparés par des virgules. Celui d’un groupe commence par -. Le bot indique leur identifiant aux inconnus.',
    TELEGRAM_CONTROLLER_IDS:
      'Contrôleurs sur Telegram, qui peuvent aussi arrêter et relancer les chaînes : identifiants de personnes ou de groupes, séparés par des virgules.',
    TELEGRAM_VIEWER_IDS:
      'Spectateurs sur Telegram, qui peuvent choisir les chaînes : identifiants de personnes ou de groupes, séparés par des virgules.',
    ETIQUETTE:
      'Qui peut changer de chaîne : free (tous les spectateurs), polite (tous, mais si d’autres regardent une chaîne lancée par quelqu’un d’autre, il faut d’abord confirmer, ou laisser le salon voter), ou controllers (contrôleurs et administrateurs seulement).',
    REACTIONS:
      'Émojis qui s’élèvent sur l’image de tout le monde : off (aucun), watch (envoyés depuis /watch), ou room (aussi par les boutons de la carte, qui les compte).',
    FFMPEG_PATH: 'Chemin de FFmpeg ; sinon, celui du PATH, ou à défaut celui qui est fourni, de 2018.',
    AUDIO:
      'Son : auto (garde tel quel l’AAC-LC à 48 kHz en stéréo et convertit le reste), aac (convertit tout), ou copy (garde tel quel tout son AAC).',
    AUDIO_LANGUAGES:
      'Langues préférées pour les chaînes qui en ont plusieurs, la meilleure d’abord, par exemple fr,en ; qaa est la version originale. Sinon, la première piste de chaque chaîne.',
    VIDEO_ENCODER:
      'Encodeur pour les chaînes qu’un navigateur ne peut pas lire telles quelles, et pour la qualité réduite.',
    LOWER_RENDITION:
      'Une deuxième qualité de chaque écran, plus légère (540p, environ 1,8 Mb/s), pour les connexions lentes : on (produite seulement quand quelqu’un la regarde ; elle prend jusqu’à un cœur du processeur par écran) ou off (jamais).',
    FAILOVER:
      'Quand une autre version d’une chaîne prend sa place, puis la lui rend : off (jamais), gone (quand la chaîne ne vient plus), ou bad (aussi quand son image reste noire ou figée).',
    IDLE_STOP_MINUTES: 'Nombre de minutes sans spectateur au bout duquel la chaîne s’arrête ; 0 pour jamais.',
    REWIND_MINUTES:
      'Nombre de minutes de chaque écran que l’on peut revoir ; 0 pour aucune. Elles prennent au plus un dixième de la place libre : 8 Mb/s font 60 Mo par minute.',
    OUTPUT_CHANNELS:
      'Chaînes proposées à Jellyfin, Kodi et aux autres lecteurs en plus de l’écran partagé : none (aucune), favourites (les favoris de tous), categories:Infos,Sport (des catégories, par leur nom ou leur identifiant), ou all (toutes). Chaque chaîne qu’un lecteur ouvre prend une connexion à elle.',
    HDHOMERUN_DISCOVERY:
      'on : Jellyfin, Kodi, VLC et d’autres trouvent Zapette tout seuls sur le réseau local, comme un tuner HDHomeRun. off : il leur faut l’adresse.',
    XMLTV_URLS:
      'Adresses d’autres guides (XMLTV, aussi en .gz), le préféré d’abord, séparées par des virgules. Ils comblent les trous du guide du fournisseur, chaîne par chaîne.',
    JELLYFIN_URL:
      'Adresse de votre serveur Jellyfin, comme http://192.168.1.20:8096 : Zapette le prévient quand le guide a changé et quand il y a un nouvel enregistrement. Il faut aussi JELLYFIN_API_KEY.',
    JELLYFIN_API_KEY: 'Clé d’API de votre serveur Jellyfin : Tableau de bord, puis Clés d’API.',
    RECORDINGS_DIR:
      'Dossier des enregistrements, où Jellyfin, Plex ou Kodi peuvent les chercher ; sinon, recordings dans DATA_DIR.',
    RECORDINGS_NAMES:
      'La place de chaque enregistrement dans ce dossier, avec / entre les dossiers : {title}, {subtitle}, {season}, {episode}, {channel}, {date}, {time}, {year}, {month}, {day}. Ce qui est entre [crochets] disparaît quand le guide ne le dit pas : {title}/{title}[ - S{season}E{episode}][ - {subtitle}] - {date}. Les enregistrements déjà faits restent où ils sont.',
    RECORDINGS_FORMAT:
      'mkv prend tout ce que les chaînes envoient ; mp4 passe sur plus d’appareils. Ce qui n’entre pas dans un mp4, comme les sous-titres DVB, donne un mkv.',
    RECORDINGS_BEFORE_MINUTES: 'Nombre de minutes à enregistrer avant le début d’une émission.',
    RECORDINGS_AFTER_MINUTES:
      'Nombre de minutes à enregistrer après la fin d’une émission, car beaucoup finissent en retard.',
    RECORDINGS_KEEP_DAYS:
      'Nombre de jours après lequel un enregistrement est supprimé ; 0 pour jamais. Ceux qui sont protégés restent toujours.',
    RECORDINGS_KEEP_PER_TITLE:
      'Nombre d’enregistrements de même titre à garder, les plus récents ; 0 pour tous.',
    RECORDINGS_MOST_GB:
      'Place maximale de tous les enregistrements, en gigaoctets : les plus anciens qui ne sont pas protégés font de la place ; 0 pour aucune limite.',
    RECORDINGS_FREE_GB:
      'Place à laisser libre sur le disque, en gigaoctets : en dessous, plus rien n’est enregistré.',
    RECORDINGS_PER_PERSON:
      'Nombre d’enregistrements prévus ou en cours qu’un spectateur peut avoir à la fois ; 0 si seuls les contrôleurs peuvent enregistrer. Contrôleurs et admins n’ont pas de limite.',
  },
  wrong: 'Corrigez ces réglages :',
  rules: {
    must_be_address: '{name} doit être une adresse qui commence par http:// ou https://.',
    must_be_addresses:
      '{name} doit contenir des adresses qui commencent par http:// ou https://, séparées par des virgules ; 20 au plus.',
    must_be_web_addresses:
      '{name} doit contenir des adresses comme https://edge.example.org, séparées par des virgules ; 50 au plus.',
    must_be_edge_secret: '{name} doit compter au moins 16 lettres, chiffres, - et _.',
    must_be_host:
      '{name} doit être une adresse sans http:// et sans port : 127.0.0.1 pour cette machine seulement, 0.0.0.0 pour que les autres machines puissent se connecter.',
    must_be_whole_number: '{name} doit être un nombre entier de {min} à {max}.',
    must_be_one_of: '{name} doit être l’une de ces valeurs : {values}.',
    must_be_plain_text: '{name} doit être un texte simple, sans émojis, comme VLC/3.0.21 LibVLC/3.0.21.',
    must_be_one_line: '{name} doit tenir sur une seule ligne : enlevez les retours à la ligne.',
    must_be_id:
      '{name} doit être un seul identifiant, en chiffres : activez le mode développeur dans les paramètres de Discord, puis copiez l’identifiant.',
    must_be_discord_ids:
      '{name} doit contenir des identifiants de rôles ou de personnes, en chiffres, séparés par des virgules : activez le mode développeur dans les paramètres de Discord, puis copiez les identifiants.',
    must_be_telegram_ids:
      '{name} doit contenir des identifiants de personnes ou de groupes, en chiffres, séparés par des virgules : le bot indique son identifiant à chacun.',
    must_be_languages:
      '{name} doit contenir des langues comme fr,en, la meilleure d’abord ; qaa est la version originale.',
    must_be_origins:
      '{name} doit contenir des adresses comme https://example.org, sans chemin, séparées par des virgules.',
    must_be_certificates:
      '{name} doit être any, ou des noms d’hôtes et des empreintes SHA-256 de certificats, séparés par des virgules.',
    must_be_proxies:
      '{name} doit être true, false, loopback, ou des adresses et des réseaux séparés par des virgules.',
    must_be_long_token: '{name} doit avoir au moins 12 caractères, sans espaces ni accents.',
    must_be_accounts:
      '{name} doit être des abonnements et des listes, séparés par des virgules : main, x2 à x5 et m1 à m5.',
    must_be_list:
      '{name} doit être une adresse qui commence par http:// ou https://, ou le chemin d’un fichier de cette machine.',
    must_be_name_patterns:
      '{name} doit être des mots, séparés par des virgules, chacun avec des lettres ou des chiffres, comme adulte, xxx* ; au plus 200.',
    must_be_recording_names:
      '{name} doit être une place comme {example} : avec ces mots entre accolades ({placeholders}), chaque accolade et chaque crochet fermés, aucun dossier vide, et un mot entre accolades dans le nom du fichier.',
    must_be_output_channels:
      '{name} doit être none, favourites, all, ou des catégories, par leur nom ou leur identifiant, comme categories:Infos,Sport.',
    account_part_missing: '{name} manque : réglez {names} ensemble, ou aucun.',
    accounts_all_off: '{name} ne laisse aucun abonnement en service : retirez-en un.',
    discord_login_part_missing: '{name} manque : la connexion avec Discord en a besoin.',
    webhook_needs_https:
      '{name} a besoin de PUBLIC_URL, une adresse qui commence par https:// : réglez-la, ou mettez {name} à false.',
    unknown_setting: 'Le réglage {name} n’existe pas : .env.example les donne tous.',
    misspelt_setting: 'Le réglage {name} n’existe pas : vouliez-vous dire {nearest} ?',
    set_by_environment:
      'L’environnement ou le fichier .env fixe {name} : changez-le là et redémarrez, ou enlevez-le de là pour le changer ici.',
    environment_only:
      '{name} ne se règle que dans l’environnement ou dans .env : changez-le là et redémarrez.',
    left_out:
      'settings.json contient pour {name} une valeur non valable : Zapette continue sans elle. Saisissez-la de nouveau.',
    list_outside:
      '{name} doit être un fichier de DATA_DIR quand il est réglé sur cette page : copiez-y la liste, ou réglez {name} dans l’environnement ou dans .env.',
    secret_again:
      'Zapette envoie {secret} à {name} : saisissez de nouveau {secret} avec la nouvelle adresse.',
    port_in_use:
      'Le port {port} est occupé : Zapette tourne-t-il déjà ? Sinon, mettez un autre port dans {name}.',
    port_needs_rights:
      'Le port {port} demande des droits que cet utilisateur n’a pas : mettez dans {name} un port au-dessus de 1023.',
    cannot_listen:
      'Impossible d’écouter sur {host} ({detail}) : mettez dans {name} une adresse de cette machine.',
    unreadable_file: 'Le fichier {name} existe mais ne peut pas être lu : vérifiez à qui il appartient.',
  },
};
