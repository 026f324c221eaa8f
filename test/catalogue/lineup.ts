import type { Category, Channel } from '../../src/domain/channel.ts';
import type { ChannelId } from '../../src/domain/ids.ts';
import { mainId } from '../fakes/main-id.ts';

/** A small list as a provider writes it: categories with the names in each. */
const lineup: readonly (readonly [category: string, names: readonly string[]])[] = [
  [
    '|FR| GÉNÉRAL',
    [
      '##### FRANCE #####',
      'FR| TF1 FHD',
      'FR| TF1 HD',
      'FR| TF1 UHD',
      'FR| TF1 SD',
      'FR| TF1 HD BACKUP',
      'FR| TF1 SÉRIES FILMS HD',
      'FR| TF1 +1',
      'FR| FRANCE 2 HD',
      'FR| FRANCE 3 HD',
      'FR| FRANCE 4 HD',
      'FR| FRANCE 5 HD',
      'FR| FRANCE INFO HD',
      'FR| FRANCE 24',
      'FR| M6 FHD',
      'FR| ARTE ᴴᴰ',
      'FR| C8 HD',
      'FR| BFM TV FHD',
      'FR| LCI',
      'FR| CNEWS',
      "FR| L'ÉQUIPE FHD",
      'FR| GULLI HD',
      'FR| 6TER',
      'FR| TMC FHD',
      'FR| NRJ 12',
      'FR| PARIS PREMIÈRE',
      'FR| TÉVA',
      'FR| RMC DÉCOUVERTE HD',
      'FR| TV5MONDE',
    ],
  ],
  [
    '|FR| SPORT',
    [
      'FR| CANAL+ FHD',
      'FR| CANAL+ SPORT FHD',
      'FR| CANAL+ SPORT 360',
      'FR| CANAL+ FOOT HD',
      'FR| BEIN SPORTS 1 FHD',
      'FR| BEIN SPORTS 2 FHD',
      'FR| BEIN SPORTS MAX 4',
      'FR| RMC SPORT 1 UHD',
      'FR| EUROSPORT 1 FHD',
      'FR| EUROSPORT 2 FHD',
      'FR| AUTOMOTO LA CHAÎNE',
    ],
  ],
  [
    '|FR| CINÉMA',
    [
      'FR| CANAL+ CINÉMA(S)',
      'FR| OCS MAX',
      'FR| CINÉ+ FRISSON',
      'FR| CINÉ+ FAMIZ',
      'FR| PLANÈTE+ CRIME',
      'FR| DISNEY CHANNEL',
    ],
  ],
  [
    'UK | ENTERTAINMENT',
    [
      'UK: BBC One HD',
      'UK: BBC Two HD',
      'UK: BBC Four',
      'UK: BBC News',
      'UK: ITV1 HD',
      'UK: ITV2',
      'UK: ITV2 +1',
      'UK: Channel 4 HD',
      'UK: Channel 5',
      'UK: E4',
      'UK: Film4',
      'UK: Dave',
      'UK: Sky One',
      'UK: Sky Atlantic FHD',
      'UK: Sky News',
      'UK: National Geographic',
      'UK: Nat Geo Wild',
      'UK: Crime & Investigation',
      'UK: Disney Channel',
      'UK: Nickelodeon',
    ],
  ],
  [
    'UK | SPORT',
    [
      'UK: Sky Sports Main Event FHD',
      'UK: Sky Sports Premier League UHD',
      'UK: Sky Sports Football',
      'UK: Sky Sports F1 ᵁᴴᴰ',
      'UK: Sky Sports News',
      'UK: TNT Sports 1 HD',
      'UK: TNT Sports 2 HD',
      'UK: Eurosport 1',
    ],
  ],
  [
    'DE - DEUTSCHLAND',
    [
      'DE - Das Erste HD',
      'DE - ZDF FHD',
      'DE - ZDFneo',
      'DE - RTL HD',
      'DE - RTL Zwei',
      'DE - ProSieben HD',
      'DE - ProSieben MAXX',
      'DE - Sat.1',
      'DE - kabel eins',
      'DE - VOX',
      'DE - Sky Sport News',
      'DE - Sky Bundesliga 1 HD',
      'DE - DAZN 1',
      'DE - n-tv',
      'DE - Bayerisches Fernsehen Süd',
    ],
  ],
  [
    'ES | ESPAÑA',
    [
      'ES | La 1 HD',
      'ES | La 2',
      'ES | Antena 3 FHD',
      'ES | Cuatro',
      'ES | Telecinco HD',
      'ES | La Sexta',
      'ES | Teledeporte',
      'ES | M+ LaLiga TV',
      'ES | DAZN LaLiga',
      'ES | Canal Sur Andalucía',
      'ES | 24 Horas',
    ],
  ],
  [
    'AR | ARABIC',
    [
      '|AR| الجزيرة HD',
      '|AR| Al Jazeera English',
      '|AR| العربية',
      '|AR| MBC 1 HD',
      '|AR| إم بي سي 4',
      '|AR| Rotana Cinema',
      '|AR| بي إن سبورت 1',
      '|AR| Al Kass One',
      '|AR| Dubai TV',
      '|AR| قناة المغربية',
    ],
  ],
  ['RU | РОССИЯ', ['RU | Первый канал HD', 'RU | Россия 1', 'RU | Матч ТВ']],
  ['24/7', ['24/7: FRIENDS', '24/7: THE SIMPSONS']],
];

export const categories: readonly Category[] = lineup.map(([name], index) => ({ id: String(index), name }));

/** The channels with ids from 1001 and numbers from 1, in the list's order. */
export const channels: readonly Channel[] = lineup
  .flatMap(([, names], index) => names.map((name) => ({ name, categoryId: String(index) })))
  .map(({ name, categoryId }, index) => ({
    id: mainId(1001 + index),
    number: index + 1,
    name,
    categoryId,
    logo: null,
    epgId: null,
    archiveDays: 0,
  }));

/** The id of the channel with this name. */
export function idOf(name: string): ChannelId {
  const channel = channels.find((one) => one.name === name);
  if (!channel) throw new Error(`no channel is called ${name}`);
  return channel.id;
}
