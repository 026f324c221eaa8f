import { describe, expect, it } from 'vitest';
import { decodeBase64Text } from '../../src/xtream/base64-text.ts';

describe('decodeBase64Text', () => {
  it.each([
    [Buffer.from('Le journal de 20 heures').toString('base64'), 'Le journal de 20 heures'],
    [Buffer.from('Météo').toString('base64'), 'Météo'],
    ['News', 'News'],
    ['Le journal', 'Le journal'],
    ['', ''],
    [Buffer.from('Météo à la carte', 'latin1').toString('base64'), 'Météo à la carte'],
    [Buffer.from('Journaux').toString('base64').replace(/=+$/, ''), 'Journaux'],
    [Buffer.from('Été de la télé').subarray(0, -1).toString('base64'), 'Été de la tél'],
    [
      Buffer.from('Été de la télévision').subarray(0, 16).toString('base64').replace(/=+$/, ''),
      'Été de la tél',
    ],
    [Buffer.from('Ça ¿¿ >>>???').toString('base64url'), 'Ça ¿¿ >>>???'],
    [
      `${Buffer.from('Le journal de vingt').toString('base64').slice(0, 20)}\r\n${Buffer.from('Le journal de vingt').toString('base64').slice(20)}`,
      'Le journal de vingt',
    ],
    [Buffer.from('Les Années café', 'latin1').toString('base64'), 'Les Années café'],
    [Buffer.from('Au bon café', 'latin1').toString('base64'), 'Au bon café'],
    ['Info', 'Info'],
    ['Sky', 'Sky'],
    ['Sport1', 'Sport1'],
    ['Football', 'Football'],
    ['Canal+', 'Canal+'],
    ['Téléfoot', 'Téléfoot'],
    ['Journal', 'Journal'],
    ['Weather', 'Weather'],
    ['Eurosport', 'Eurosport'],
    ['Documentary', 'Documentary'],
    ['EastEnders', 'EastEnders'],
  ])('decodes %j', (raw, text) => {
    expect(decodeBase64Text(raw)).toBe(text);
  });
});
