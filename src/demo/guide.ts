import type { Programme } from '../domain/channel.ts';
import type { DemoChannel, Theme } from './channels.ts';
import { escapeXml } from './xml.ts';

const HALF_HOUR = 30 * 60_000;
/** The repeating sequence of programme lengths in half-hours; it fills four hours. */
const pattern = [1, 2, 1, 3, 1];
const BLOCK = pattern.reduce((sum, halves) => sum + halves, 0) * HALF_HOUR;
/** Days for which the demo keeps what its channels have shown. */
export const ARCHIVE_DAYS = 1;
/** The span of the guide, in milliseconds before and after now. */
const GUIDE_PAST = (ARCHIVE_DAYS * 24 + 4) * 3_600_000;
const GUIDE_FUTURE = 7 * 24 * 3_600_000;

/**
 * The programmes that overlap a span, ordered by start and without gaps. They depend on the clock only, so every run of the demo
 * has the same ones. Times are epoch milliseconds.
 */
export function programmesBetween(channel: DemoChannel, from: number, to: number): Programme[] {
  const programmes: Programme[] = [];
  for (let block = Math.floor(from / BLOCK); block * BLOCK < to; block += 1) {
    let start = block * BLOCK;
    for (let place = 0; place < pattern.length; place += 1) {
      const stop = start + (pattern[(place + channel.id) % pattern.length] ?? 1) * HALF_HOUR;
      if (stop > from && start < to) {
        programmes.push({ ...titleOf(channel, block * pattern.length + place), start, stop });
      }
      start = stop;
    }
  }
  return programmes;
}

/** The current programme and the following ones, at most `limit`. */
export function nowAndNext(channel: DemoChannel, now: number, limit: number): Programme[] {
  // No programme is longer than a block, so this span always has enough of them.
  return programmesBetween(channel, now, now + limit * BLOCK).slice(0, limit);
}

/** The XMLTV id of a channel. */
export function guideId(channel: DemoChannel): string {
  return `demo.${channel.id}`;
}

/** The whole guide as XMLTV, from the first that is kept to seven days ahead. */
export function xmltv(channels: readonly DemoChannel[], now: number, logoOf: (id: number) => string): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<tv generator-info-name="Zapette demo">'];
  for (const channel of channels) {
    lines.push(
      `<channel id="${guideId(channel)}"><display-name>${escapeXml(channel.name)}</display-name><icon src="${escapeXml(logoOf(channel.id))}"/></channel>`,
    );
  }
  for (const channel of channels) {
    for (const { title, description, start, stop } of programmesBetween(
      channel,
      now - GUIDE_PAST,
      now + GUIDE_FUTURE,
    )) {
      lines.push(
        `<programme start="${xmltvTime(start)}" stop="${xmltvTime(stop)}" channel="${guideId(channel)}"><title lang="fr">${escapeXml(title)}</title><desc lang="fr">${escapeXml(description)}</desc></programme>`,
      );
    }
  }
  lines.push('</tv>', '');
  return lines.join('\n');
}

function xmltvTime(time: number): string {
  return `${new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)} +0000`;
}

function titleOf(channel: DemoChannel, index: number): Pick<Programme, 'title' | 'description'> {
  const titles = titlesOf[channel.theme];
  // Five and the length of a list have no common factor, so every title appears before one repeats.
  const title = titles[(index * 5 + channel.id) % titles.length] ?? channel.name;
  return { title, description: `${title}, sur ${channel.name}. Programme inventé pour la démonstration.` };
}

const titlesOf: Readonly<Record<Theme, readonly string[]>> = {
  general: [
    'Le Grand Réveil',
    "Les Voisins d'à côté",
    'Table ouverte',
    'Le Journal',
    'Une ville, une histoire',
    'Questions du soir',
    'Le Mot juste : le jeu',
    'La Maison au bout du quai',
  ],
  cinema: [
    "Film : L'Été des orages",
    'Film : La Dernière Lanterne',
    'Film : Un train pour Brest',
    'Courts métrages',
    'Film : Les Toits de Lyon',
    'Le Magazine du cinéma',
    'Film : Nuit blanche au phare',
    "Film : Le Jardin d'Élise",
  ],
  sport: [
    'Football : match amical',
    'Cyclisme : étape de montagne',
    'Le Club des supporteurs',
    'Tennis : quart de finale',
    'Handball : match en direct',
    'Résumé de la journée',
    'Athlétisme : réunion en salle',
    'Rugby : avant-match',
  ],
  news: [
    'Le Journal de la demi-heure',
    'Édition spéciale',
    'Le Débat',
    'Revue de presse',
    'Économie : le point',
    'Le Monde en bref',
    'Grand entretien',
    'Le Temps qu’il fera',
  ],
  discovery: [
    'Chemins de montagne',
    'Oiseaux des marais',
    'Îles lointaines',
    'Le Goût des régions',
    'Carnets de route',
    'Sous la mer',
    "Artisans d'ici",
    'Trains de nuit',
  ],
  kids: [
    'Les Aventures de Pépin',
    'La Cabane aux histoires',
    'Robot & Cie',
    'Comptines en couleurs',
    'Le Petit Atelier',
    'La Forêt bleue',
    'Dis-moi pourquoi',
    'Mission Galipette',
  ],
  test: [
    'Mire et tonalité',
    'Essai de synchronisation',
    'Essai de mouvement',
    'Essai de couleurs',
    'Essai du guide',
    'Essai de longue durée',
    'Essai de nuit',
    'Essai <avec> des signes & des "guillemets"',
  ],
};
