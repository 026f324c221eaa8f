import type { ErrorCode } from '../domain/errors.ts';

/** Les mêmes phrases que errors.en.ts, clé par clé. */
export const fr: Readonly<Record<ErrorCode, string>> = {
  bad_request: 'Cette requête n’est pas valable : {detail}.',
  settings_wrong: 'Rien n’a été changé. Corrigez d’abord ces réglages : {names}.',
  unauthorised:
    'Vous n’êtes pas connecté : connectez-vous d’abord. Un programme envoie un jeton sous la forme « Authorization: Bearer … ».',
  log_in_to_watch:
    'Seules les personnes invitées peuvent regarder : connectez-vous, ou demandez une invitation au propriétaire.',
  login_link_spent: 'Ce lien ne sert qu’une fois : il a déjà été utilisé, ou il a expiré.',
  discord_login_failed: 'La connexion avec Discord a échoué : réessayez.',
  discord_login_off: 'La connexion par Discord n’est pas configurée ici : demandez un lien au propriétaire.',
  discord_unreachable: 'Discord ne répond pas : réessayez dans un instant, ou écrivez /login au bot.',
  discord_token_missing:
    'Il manque le jeton : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_hidden:
    'Ces points ne font que cacher le jeton : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_address:
    'C’est une adresse, pas le jeton du bot : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_id:
    'C’est un identifiant, pas le jeton du bot : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_public_key:
    'C’est la clé publique de l’application, pas le jeton du bot : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_client_secret:
    'C’est le « Client Secret » de la page OAuth2, pas le jeton du bot : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_telegram:
    'C’est un jeton Telegram, pas celui du bot Discord : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_personal:
    'C’est le jeton d’un compte personnel, qui y donne un accès complet : changez tout de suite son mot de passe. Pour le bot, dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_cut:
    'Il manque une partie du jeton : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_odd:
    'Ce n’est pas un jeton, qui n’a que des lettres, des chiffres, des points, des tirets et des tirets bas : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_token_refused:
    'Discord n’accepte pas ce jeton, peut-être réinitialisé ou incomplet : dans le Developer Portal de Discord, ouvrez la page Bot, cliquez sur Reset Token, puis sur Copy.',
  discord_busy: 'Discord demande moins de requêtes : réessayez dans {seconds} s.',
  discord_not_reached:
    'Cette machine ne peut pas joindre Discord : vérifiez sa connexion à Internet, et DISCORD_API_URL si ce réglage est défini.',
  discord_server_unknown:
    'Le bot n’est pas sur ce serveur : invitez-le d’abord, ou choisissez un autre serveur.',
  discord_role_unknown:
    'L’identifiant {id} ne correspond à aucun rôle de ce serveur : rechargez la page, puis choisissez de nouveau.',
  unknown_host:
    'Zapette ne répond pas à cette adresse. Si ce serveur est le vôtre, ouvrez-le par son adresse IP, et entrez cette adresse sur sa page de configuration (/setup), à l’étape Qui regarde.',
  other_site:
    'Un autre site web a envoyé ceci, et ne peut pas agir à votre place : ouvrez Zapette directement.',
  viewer_key_needed:
    'Cette adresse demande la clé : demandez au propriétaire l’adresse complète, qui finit par « ?key=… », ou connectez-vous.',
  device_address_needed:
    'Ici, chaque téléviseur ou lecteur a besoin de sa propre adresse : ajoutez le vôtre dans la console, sous Téléviseurs et lecteurs.',
  watch_page_only:
    'Cette adresse ne marche que dans la page /watch : ouvrez-la, ou donnez /live.m3u8 à votre lecteur.',
  not_found: 'Il n’y a rien à cette adresse.',
  link_invalid: 'Ce lien privé n’est pas valable, ou ne l’est plus : demandez-en un autre.',
  client_unknown:
    'Cette adresse n’est plus valable : créez-en une autre dans la console, sous Télévisions et lecteurs.',
  clients_full: 'Il y a déjà {most} télévisions et lecteurs : retirez ceux qui ne servent plus.',
  link_in_use:
    'Ce lien est déjà en lecture sur {players} appareils : arrêtez-en un, ou demandez un autre lien.',
  channel_not_found: 'Aucune chaîne n’a le numéro {channelId} : cherchez-la dans la liste des chaînes.',
  channel_gone: 'Cette chaîne n’est plus dans la liste : /search trouve celles qui y sont.',
  not_allowed: 'Vous n’avez pas ce droit ici : demandez à un administrateur de vous l’accorder.',
  not_let_in:
    'Vous n’avez pas ce droit ici : demandez au propriétaire de vous l’accorder (votre identifiant : {id}).',
  roles_unknown: 'Discord ne m’indique pas vos rôles pour le moment : réessayez dans un instant.',
  controllers_sound: 'Seuls les contrôleurs peuvent choisir le son.',
  controllers_restart: 'Seuls les contrôleurs peuvent relancer la chaîne.',
  admins_only: 'Seuls les administrateurs peuvent faire cela.',
  controllers_only: 'Vous ne pouvez pas choisir les chaînes ici : demandez à un contrôleur.',
  stop_not_yours:
    'Vous ne pouvez pas arrêter une chaîne lancée par quelqu’un d’autre : demandez-lui, ou à un contrôleur.',
  screen_unknown: 'Aucun écran « {screen} ». Il y a : {screens}.',
  screen_closed:
    'Votre rôle ne permet pas de changer ce qui passe sur {screen} : demandez à quelqu’un qui le peut, ou prenez un autre écran.',
  screen_closed_to_you:
    'L’écran {screen} n’est pas ouvert à tout le monde : connectez-vous avec un rôle qui peut le regarder.',
  screen_exists: 'Il y a déjà un écran nommé {screen} : choisissez un autre nom.',
  screen_name: 'Un écran a besoin d’un nom de 1 à {most} caractères, avec une lettre ou un chiffre.',
  screen_id:
    'L’identifiant « {screen} » ne convient pas à un écran : au plus 24 minuscules, chiffres et traits d’union, par exemple sport.',
  screen_stays: 'L’écran {screen} est le premier et reste : renommez-le plutôt.',
  screens_full: 'Il y a déjà {most} écrans : retirez-en un d’abord.',
  controllers_record: 'Seuls les contrôleurs peuvent enregistrer.',
  recordings_quota:
    'Vous avez autant d’enregistrements prévus ou en cours que vous pouvez en avoir ({most}) : supprimez-en un avec /recordings ou dans la console.',
  rules_quota:
    'Vous avez autant de séries que vous pouvez en avoir ({most}) : arrêtez-en une avec /recordings ou dans la console.',
  not_your_recording:
    'C’est à quelqu’un d’autre : seuls cette personne et les contrôleurs peuvent le changer.',
  controllers_screens:
    'Seuls les contrôleurs choisissent l’écran d’un salon, et les administrateurs ajoutent et retirent des écrans.',
  others_watching:
    'D’autres regardent {channel} (spectateurs : {viewers}) : pour passer quand même à {wanted}, renvoyez la requête avec "confirm": true.',
  interrupts_recording:
    'L’enregistrement de « {title} » serait interrompu : pour passer quand même à {wanted}, renvoyez la requête avec "confirm": true.',
  reactions_off:
    'Les réactions sont désactivées ici : un administrateur peut les activer avec REACTIONS sur la page de configuration.',
  reacts_too_fast: 'Doucement : {most} réactions au plus toutes les {seconds} secondes.',
  vote_over: 'Ce vote est terminé : redemandez la chaîne avec /play.',
  nobody_let_in_discord:
    'Seul le propriétaire de ce serveur peut m’utiliser pour l’instant. Il peut donner accès à d’autres avec /admin allow, ou par des rôles sur la page de configuration, à l’étape Discord (votre identifiant : {id}).',
  nobody_let_in_telegram:
    'Personne ne peut encore m’utiliser. Si je suis votre bot, ouvrez la page de configuration dans votre navigateur et devenez administrateur à l’étape Telegram (votre identifiant : {id}).',
  unknown_command: 'Cette commande n’existe pas, ou n’existe plus : /help montre ce que je sais faire.',
  no_match: 'Aucune chaîne ne ressemble à « {query} » : essayez une partie plus courte du nom.',
  unknown_choice: 'Choix inconnu « {choice} » : choisissez parmi {choices}.',
  one_audio: 'Il n’y a rien à choisir : cette chaîne n’a qu’une seule piste audio.',
  audio_not_there: 'Cette piste audio n’est pas disponible en ce moment : /audio montre celles qui le sont.',
  nothing_on: 'Rien à l’antenne : tapez /play suivi du nom d’une chaîne.',
  no_favourite: 'Aucun favori ne ressemble à « {query} » : /fav list montre les vôtres.',
  follows_full:
    'Ce chat suit {most} événements, le maximum que je peux garder : arrêtez-en un d’abord avec /follow.',
  number_taken:
    'Le numéro {number} est déjà celui de {name} : choisissez-en un autre, ou donnez d’abord un autre numéro à {name}.',
  favourites_full: 'Vous avez {most} favoris, le maximum que je peux garder : retirez-en un d’abord.',
  unknown_person:
    'Je ne sais pas qui est « {person} » : répondez à un de ses messages avec la commande, ou donnez son identifiant. Je l’indique à toute personne que je refuse.',
  several_people: 'Plusieurs personnes correspondent à « {person} » : donnez l’identifiant de la bonne.',
  own_rights: 'Vous ne pouvez pas changer vos propres droits : un autre administrateur le peut.',
  owners_rights:
    'Les droits d’un propriétaire viennent des réglages : changez-les sur la page de configuration.',
  nothing_to_undo: 'Il n’y a pas de version antérieure des réglages.',
  account_on_air: 'Un autre abonnement retire {channel} de l’antenne : confirmez pour continuer.',
  cannot_listen:
    'Zapette ne peut pas écouter sur {host}, port {port} : choisissez une adresse de cette machine, et un port au-dessus de 1023.',
  address_missing:
    'Sur internet, les autres ont besoin d’une adresse : tapez-la, par exemple https://tv.example.org.',
  set_up_first:
    'Zapette n’est pas encore configuré : ouvrez-le avec le lien qu’il a affiché, dans son terminal ou par `docker compose logs`.',
  address_in_use: 'Un autre programme utilise déjà le port {port} : choisissez-en un autre.',
  owners_only:
    'Seul un propriétaire peut le faire : le détenteur du jeton d’administration, ou une personne que les réglages nomment administratrice.',
  no_public_url:
    'Je ne connais pas l’adresse à laquelle on me joint : un administrateur peut l’entrer sur la page de configuration, à l’étape Qui regarde.',
  superseded: 'Quelqu’un a demandé autre chose entre-temps.',
  overtaken: 'Devancé par {by} : {wanted}.',
  called_off: 'Annulé par {by}.',
  telegram_off: 'Le bot Telegram est désactivé : collez d’abord son jeton.',
  telegram_token_missing: 'Le champ est vide : collez le jeton que @BotFather vous a donné.',
  telegram_token_malformed:
    'Il n’y a pas de jeton dans ce texte : copiez celui que @BotFather vous a donné, par exemple 123456789:AAF… (un nombre, deux-points et 35 caractères).',
  telegram_token_cut:
    'Ce jeton est incomplet : copiez-le en entier, le nombre, les deux-points et les 35 caractères qui suivent (@BotFather, /mybots, votre bot, API Token).',
  telegram_token_several: 'Il y a plusieurs jetons dans ce texte : collez seulement celui de votre bot.',
  telegram_token_of_discord:
    'C’est un jeton Discord : collez ici celui que @BotFather vous a donné dans Telegram, et celui-ci dans la partie Discord.',
  telegram_token_refused:
    'Telegram ne connaît pas ce jeton : il est mal recopié, ou a été remplacé. Copiez le jeton actuel chez @BotFather (/mybots, votre bot, API Token).',
  telegram_unreachable:
    'Telegram est injoignable, le jeton n’a donc pas pu être vérifié : vérifiez la connexion internet de cette machine, puis réessayez.',
  telegram_group_unknown: 'Le bot n’est pas dans ce groupe : ajoutez-le au groupe, puis réessayez.',
  rate_limited: 'Trop de tentatives : attendez une minute, puis réessayez.',
  passphrase_short:
    'La phrase secrète est trop courte : choisissez au moins {least} caractères, par exemple quatre mots.',
  passphrase_wrong: 'Cette phrase secrète n’ouvre pas le fichier : saisissez celle de l’export.',
  bundle_not_ours:
    'Ce fichier n’est pas un export de Zapette : choisissez-en un créé par « zapette export » ou par la console.',
  bundle_damaged:
    'L’export est endommagé ou incomplet : recopiez-le depuis son emplacement d’origine, ou prenez-en un autre.',
  bundle_too_new:
    'L’export vient d’une version plus récente de Zapette ({version}) : mettez d’abord celle-ci à jour.',
  account_refused:
    'Le fournisseur refuse l’identifiant ou le mot de passe : un administrateur peut les corriger sur la page de configuration.',
  account_expired: 'L’abonnement a expiré : renouvelez-le auprès de votre fournisseur.',
  account_disabled: 'Le fournisseur a bloqué ce compte ({status}) : demandez-lui pourquoi.',
  no_slot:
    'Les {capacity} connexions de l’abonnement sont toutes prises ({holders}) : arrêtez-en une, ou attendez qu’elle se libère.',
  line_in_use:
    'Le fournisseur dit que la ligne est occupée (réponse {status}) : un autre appareil regarde-t-il avec ce compte ? Réessayez dans une minute.',
  trial_empty:
    'Il n’y a encore rien ici : collez le message de votre fournisseur, ou remplissez l’adresse, l’identifiant et le mot de passe.',
  trial_no_address:
    'Il manque l’adresse du serveur : recopiez-la depuis le message de votre fournisseur ; elle ressemble à http://example.org:8080.',
  trial_address_wrong:
    'Ce n’est pas l’adresse d’un serveur : recopiez-la depuis le message de votre fournisseur ; elle ressemble à http://example.org:8080.',
  trial_no_username: 'Il manque l’identifiant : recopiez-le depuis le message de votre fournisseur.',
  trial_no_password: 'Il manque le mot de passe : recopiez-le depuis le message de votre fournisseur.',
  trial_m3u:
    'C’est une simple liste M3U, sans identifiant ni mot de passe : ajoutez-la plutôt comme liste M3U.',
  trial_mac:
    'Cet abonnement est prévu pour un boîtier avec une adresse MAC, ce que Zapette ne peut pas utiliser : demandez à votre fournisseur les données Xtream Codes (adresse, identifiant et mot de passe).',
  trial_running: 'Un autre abonnement est en cours d’essai : attendez la fin de cet essai, puis réessayez.',
  trial_refused:
    'Le fournisseur ne connaît pas cet identifiant et ce mot de passe : recopiez les deux depuis son message, en respectant majuscules et minuscules.',
  trial_unknown_host:
    'Aucun serveur n’a cette adresse : vérifiez-la lettre par lettre, ou demandez l’adresse actuelle à votre fournisseur.',
  trial_no_names:
    'Cette machine ne trouve aucune adresse en ce moment : vérifiez sa connexion internet et son serveur DNS, puis réessayez.',
  trial_port_closed:
    'Le serveur refuse les connexions sur ce port : vérifiez le nombre après les deux-points dans le message de votre fournisseur, ou demandez-le-lui.',
  trial_silent:
    'Le serveur ne répond pas : vérifiez l’adresse et le nombre après les deux-points, activez ou coupez un VPN, ou réessayez dans quelques minutes.',
  trial_unreachable:
    'Le serveur est injoignable ({detail}) : vérifiez l’adresse et la connexion internet de cette machine.',
  trial_certificate:
    'Le certificat du serveur n’est pas valable ({detail}) : demandez la bonne adresse à votre fournisseur. Si vous faites confiance à ce serveur, ajoutez son empreinte {fingerprint} à TLS_ACCEPT dans Tous les réglages, puis réessayez.',
  trial_old_https:
    'Le chiffrement du serveur est dépassé ({detail}) : essayez l’adresse avec http:// au lieu de https://, ou ajoutez le nom du serveur à TLS_ACCEPT dans Tous les réglages.',
  trial_no_panel:
    'Il y a un serveur à cette adresse, mais pas de service Xtream Codes : vérifiez l’adresse et le nombre après les deux-points dans le message de votre fournisseur.',
  trial_web_page:
    'Il y a un site web à cette adresse, mais pas de service Xtream Codes : vérifiez l’adresse et le nombre après les deux-points ; certains fournisseurs affichent aussi une page quand ils bloquent un réseau, donc activez ou coupez un VPN.',
  trial_redirects:
    'Le serveur fait tourner Zapette en rond : vérifiez l’adresse, ou réessayez dans quelques minutes.',
  trial_blocked:
    'Le fournisseur bloque ce réseau ou ce lecteur : activez ou coupez un VPN, changez XTREAM_USER_AGENT dans Tous les réglages, ou demandez à votre fournisseur.',
  trial_inside:
    'Le serveur envoie Zapette vers une adresse de votre réseau local, ce qui est refusé par sécurité : si ce serveur est le vôtre, entrez directement son adresse.',
  trial_panel_error:
    'Le serveur du fournisseur répond avec l’erreur {status} : réessayez dans quelques minutes, ou demandez à votre fournisseur.',
  trial_no_list:
    'L’identifiant et le mot de passe sont bons, mais la liste des chaînes n’est pas arrivée : réessayez dans quelques minutes.',
  trial_not_list:
    'Il n’y a pas de liste de chaînes à cette adresse : copiez de nouveau l’adresse de la liste M3U depuis le message de votre fournisseur.',
  list_outside:
    'Depuis cette page, seule une liste du dossier de données de Zapette (DATA_DIR) peut servir : copiez-y le fichier, ou indiquez-le dans .env par M3U_1_URL.',
  account_unknown: 'Cet abonnement ou cette liste n’est plus réglé : rechargez la page.',
  accounts_full: 'Toutes les places pour d’autres abonnements ou listes sont prises : retirez-en d’abord un.',
  last_account:
    'C’est le seul abonnement ou la seule liste en service : prenez-en d’abord un autre, ou retirez celui-ci.',
  trial_empty_list:
    'L’identifiant et le mot de passe sont bons, mais la liste des chaînes est vide : demandez à votre fournisseur d’ajouter des chaînes à votre abonnement.',
  provider_unreachable:
    'Le fournisseur est injoignable : vérifiez la connexion internet du serveur, et l’adresse du fournisseur sur la page de configuration.',
  provider_certificate:
    'Le certificat du fournisseur n’est pas valable, ou son chiffrement est dépassé ({detail}) : prévenez votre fournisseur, ou acceptez-le avec TLS_ACCEPT sur la page de configuration.',
  provider_no_https:
    'Le fournisseur ne parle pas https à cette adresse : entrez-la avec http:// sur la page de configuration.',
  provider_redirects:
    'Le fournisseur fait tourner Zapette en rond : réessayez dans quelques minutes, ou vérifiez son adresse sur la page de configuration.',
  provider_blocks:
    'Le fournisseur bloque ce réseau ou ce lecteur : activez ou coupez un VPN, essayez un autre XTREAM_USER_AGENT sur la page de configuration, ou demandez à votre fournisseur.',
  provider_status: 'Le fournisseur a répondu avec l’erreur {status} : réessayez dans quelques minutes.',
  address_inside:
    'Le fournisseur a voulu envoyer Zapette vers une adresse de votre réseau local : c’est refusé par sécurité. Si ce serveur est le vôtre, entrez une adresse du même réseau sur la page de configuration.',
  provider_garbage:
    'La réponse du fournisseur n’est pas une liste de chaînes : vérifiez son adresse sur la page de configuration.',
  list_is_channel:
    'Cette adresse est celle d’une seule chaîne, pas d’une liste de chaînes : entrez l’adresse de la liste sur la page de configuration.',
  list_file_missing:
    'Le fichier de la liste de chaînes n’existe pas ou n’est pas lisible : vérifiez son chemin sur la page de configuration, et que Zapette a le droit de le lire.',
  catalogue_empty: 'Le fournisseur a envoyé une liste de chaînes vide : Zapette garde la dernière bonne.',
  catalogue_shrunk:
    'La liste du fournisseur est passée de {before} à {after} chaînes : Zapette garde la dernière bonne tant que /admin reload ne confirme pas ce changement.',
  catalogue_not_ready: 'La liste des chaînes est en cours de chargement : réessayez dans un instant.',
  channel_dead: 'Le fournisseur n’a pas cette chaîne en ce moment : essayez une autre version.',
  channel_refused:
    'Le fournisseur refuse cette chaîne (réponse {status}) : elle ne fait peut-être pas partie de votre abonnement ; essayez une autre version.',
  channel_clip:
    'Le fournisseur a envoyé un court clip puis a coupé, ce qui veut dire en général que la ligne est occupée, l’abonnement terminé ou la chaîne arrêtée. Réessayez dans une minute, ou essayez une autre version.',
  channel_silent: 'La chaîne n’envoie rien : réessayez plus tard, ou essayez une autre version.',
  channel_stalled: 'La chaîne n’envoie plus rien : Zapette s’y reconnecte.',
  channel_ended:
    'Le fournisseur a coupé la chaîne : si elle ne revient pas d’elle-même, essayez une autre version.',
  channel_web_page:
    'Le fournisseur a répondu avec une page web au lieu de la chaîne : l’abonnement a peut-être expiré, ou l’adresse est peut-être bloquée.',
  channel_not_video:
    'Le fournisseur n’envoie pas de télévision pour cette chaîne : essayez une autre version.',
  channel_scrambled: 'Le fournisseur envoie cette chaîne cryptée : essayez une autre version.',
  channel_drm:
    'Cette chaîne est protégée par DRM, et seul le lecteur du fournisseur peut l’afficher : essayez une autre version.',
  channel_unsupported:
    'La liste de chaînes donne une adresse de type {kind}, que Zapette ne sait pas lire : essayez une autre version de la chaîne, ou demandez une adresse http à votre fournisseur.',
  channel_black: 'L’image de cette chaîne reste noire : essayez une autre version.',
  channel_notice:
    'Le fournisseur montre un avis à la place de cette chaîne : la ligne est peut-être occupée, ou la chaîne arrêtée. Essayez une autre version.',
  channel_frozen: 'L’image de cette chaîne ne bouge plus : essayez une autre version.',
  past_missing: 'Il ne reste rien de ce moment-là : revenez moins loin en arrière, ou regardez le direct.',
  clip_length: 'Un extrait dure d’une seconde à {minutes} minutes : demandez une autre durée.',
  clip_ends: 'Un extrait a besoin de ses deux bouts : indiquez from et to, ou seulement seconds.',
  clip_words:
    'Je ne comprends pas « {text} ». Tapez /clip pour les 30 dernières secondes, /clip 60 pour la dernière minute, /clip 60-20 pour ce qui est passé il y a 60 à 20 secondes, ou /clip 21h03-21h04.',
  clips_busy: 'Plusieurs extraits sont déjà en cours : réessayez dans une minute.',
  clip_failed: 'L’extrait n’a pas pu être fait. Réessayez ; le journal du serveur dit ce qui n’a pas marché.',
  clip_gone: 'Cet extrait n’existe plus : les extraits sont gardés une semaine au plus.',
  archive_missing:
    'Le fournisseur ne garde pas ce que cette chaîne a diffusé à ce moment-là : choisissez une émission plus récente, ou une autre version de la chaîne.',
  archive_refused:
    'Le fournisseur ne donne pas l’enregistrement de cette émission pour le moment : réessayez dans quelques minutes, ou essayez une autre version de la chaîne.',
  archive_is_live:
    'Le fournisseur envoie le direct à la place de l’enregistrement : ses archives ne marchent pas pour cette chaîne. Essayez une autre version.',
  archive_over: 'L’émission est terminée.',
  archive_short: 'Les archives du fournisseur n’ont pas tout gardé.',
  programme_unknown:
    'Le guide ne dit pas quand cette émission commence et finit : essayez une autre version de la chaîne, ou indiquez vous-même les heures.',
  calendar_unknown:
    'L’adresse de ce calendrier n’est pas valable, ou ne l’est plus : copiez-la de nouveau dans la console, sous Enregistrements.',
  no_recording_like:
    'Aucun enregistrement ne s’appelle « {query} ». Choisissez l’un des derniers, ou voyez-les tous avec /recordings.',
  recording_played: 'L’enregistrement est terminé.',
  edge_address_over: 'Cette adresse a expiré, ou n’est pas des nôtres : rechargez la liste de lecture.',
  edge_report_refused:
    'Ce rapport n’est pas signé, ou il est trop ancien : mettez le même EDGE_SECRET ici et sur l’edge, et réglez leurs horloges.',
  nothing_to_pause:
    'Le direct ne peut pas s’arrêter pour tout le monde. Un enregistrement ou une émission reprise du début le peuvent.',
  pause_not_yours: 'Seuls {askedBy} et les modérateurs peuvent mettre en pause.',
  recording_unknown: 'Cet enregistrement n’existe plus.',
  recording_no_end: 'Il manque la fin : donnez stop, ou l’heure d’une émission.',
  time_unreadable:
    'L’heure « {time} » est illisible : écrivez-la avec son fuseau, par exemple 2026-11-29T21:00:00+01:00, ou en secondes depuis 1970.',
  recording_ends_early: 'Un enregistrement doit finir après son début : donnez une fin plus tardive.',
  recording_past: 'Ce moment est passé : donnez une fin à venir.',
  recording_too_long: 'Un enregistrement dure au plus {hours} heures : prévoyez-en plusieurs.',
  recordings_full: 'Il y a déjà {most} enregistrements à venir : supprimez-en d’abord.',
  recording_exists: 'Un enregistrement s’en charge déjà : {title}.',
  record_when:
    'L’heure « {time} » est illisible : écrivez 21h-23h, demain 20h50, jusqu’à 23h, pendant 90 min, ou ce soir.',
  nothing_to_record:
    'Aucune chaîne ni émission du guide ne s’appelle « {query} » : tapez une chaîne et une heure, comme tf1 21h-23h, ou une partie d’un titre.',
  recording_begun: 'Cet enregistrement a commencé : son début ne peut plus changer.',
  recording_over: 'Cet enregistrement est terminé : ses heures ne peuvent plus changer.',
  recording_from_archive:
    'Cet enregistrement vient des archives, ses heures ne peuvent donc pas changer : supprimez-le et enregistrez d’autres heures.',
  recording_not_ready: 'Cet enregistrement n’a pas encore de fichier : réessayez quand il sera terminé.',
  recording_file_gone: 'Le fichier de cet enregistrement n’est plus là.',
  recording_in_use: 'Quelqu’un regarde cet enregistrement : réessayez quand ce sera fini.',
  rule_title: 'Le titre d’une règle doit avoir au moins {least} lettres.',
  rule_unknown: 'Cette règle n’existe plus.',
  rule_exists: 'Cette série est déjà enregistrée : {title}.',
  rules_full: 'Il y a déjà {most} règles : retirez-en une d’abord.',
  recording_missed: 'Zapette ne tournait pas à ce moment-là.',
  recording_interrupted: 'Zapette n’a pas tourné pendant un moment.',
  recordings_disk_full: 'Le disque des enregistrements (RECORDINGS_DIR) est plein : libérez de l’espace.',
  recordings_disk_slow:
    'Le disque des enregistrements (RECORDINGS_DIR) n’a pas suivi : prenez-en un plus rapide, ou enregistrez moins de chaînes à la fois.',
  recordings_folder:
    'Zapette ne peut pas écrire dans le dossier des enregistrements (RECORDINGS_DIR) : vérifiez qu’il existe, et à qui il appartient.',
  data_dir:
    'Impossible d’écrire dans le dossier {path} (DATA_DIR) : donnez-le à l’utilisateur qui exécute Zapette.',
  data_dir_in_use:
    'Une autre instance de Zapette utilise le dossier {path} (DATA_DIR) : arrêtez-la, ou donnez à celle-ci son propre DATA_DIR.',
  disk_full: 'Le disque de {path} (DATA_DIR) est plein : libérez de l’espace.',
  disk_read_only:
    'Le disque de {path} (DATA_DIR) est en lecture seule : montez-le en écriture ; après une coupure de courant ou une panne, vérifiez-le d’abord.',
  keys_damaged:
    'Les clés de {path} sont illisibles : restaurez le fichier depuis une sauvegarde, ou supprimez-le et Zapette en créera de nouvelles. Les spectateurs auront alors besoin de nouvelles adresses, et vous d’un nouveau jeton d’administration.',
  settings_damaged:
    'Les réglages de {path} sont illisibles : corrigez le fichier, remplacez-le par settings.json.before, ou supprimez-le pour configurer Zapette de nouveau.',
  database_damaged:
    'La base de données de {path} est endommagée : démarrez Zapette, qui restaure sa dernière sauvegarde, puis réessayez.',
  database_locked:
    'Un autre programme bloque {path} : fermez-le (une sauvegarde, ou sqlite3), puis redémarrez Zapette.',
  database_too_new:
    'La base de données de {path} vient d’une version plus récente de Zapette : installez cette version ou une version ultérieure.',
  ffmpeg_missing: 'FFmpeg est introuvable : installez-le, ou indiquez son chemin dans FFMPEG_PATH.',
  ffmpeg_failed:
    'FFmpeg n’arrive pas à lire cette chaîne : le journal dit pourquoi ; essayez une autre version.',
  too_slow:
    'Cette machine est trop lente pour convertir cette chaîne : choisissez une qualité plus basse, ou un VIDEO_ENCODER de sa carte graphique sur la page de configuration.',
  internal: 'Une erreur est survenue (réf. {ref}) : le journal donne les détails sous cette référence.',
};
