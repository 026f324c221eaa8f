import { describe, expect, it } from 'vitest';
import { normaliseName } from '../../src/catalogue/normalise.ts';

describe('normaliseName', () => {
  it.each([
    ['TF1', 'tf1'],
    ['TF1 HD', 'tf1'],
    ['FR| TF1 FHD', 'tf1'],
    ['|FR| TF1 HEVC', 'tf1'],
    ['┃FR┃ TF1 ᵁᴴᴰ', 'tf1'],
    ['FR: TF1 ᴴᴰ', 'tf1'],
    ['[FR] TF1 4K RAW', 'tf1'],
    ['(FR) TF1 [HD]', 'tf1'],
    ['FR - TF1 FHD BACKUP', 'tf1'],
    ['FR | TF1 1080p 50fps', 'tf1'],
    ['FR✦ TF1 H.265', 'tf1'],
    ['fr: tf1', 'tf1'],
    ['USA| CNN', 'cnn'],
    ['CANAL+ SÉRIES HD', 'canal plus series'],
    ['DISNEY + FHD RAW', 'disney plus'],
    ['Œuvre Straße Øre', 'oeuvre strasse ore'],
    ['ＴＦ１　𝐇𝐃', 'tf1'],
    ['RTL-TVI', 'rtl tvi'],
    ['A&E', 'a e'],
    ['MTV: Live', 'mtv live'],
    ['4K', '4k'],
    ['HD 1', 'hd 1'],
    ['UHD HD', 'uhd'],
    ['FR|', 'fr'],
    ['|AR| سي إن بي سي HD', 'cnbc'],
    ['9 канал', '9 kanal'],
    ['★★★', '★★★'],
    ['beIN SPORTS 1', 'bein sports 1'],
  ])('%s is %j', (name, plain) => {
    expect(normaliseName(name)).toBe(plain);
  });
});
