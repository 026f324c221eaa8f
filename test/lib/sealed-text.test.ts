import { describe, expect, it } from 'vitest';
import {
  DamagedSealError,
  openSealedText,
  type SealedText,
  sealedTextSchema,
  sealText,
  WrongPassphraseError,
} from '../../src/lib/sealed-text.ts';

const TEXT = 'Arte 📺 “l’été”';
const PASSPHRASE = 'quatre mots d’été';
const sealed = await sealText(TEXT, PASSPHRASE, 'context');

describe('a sealed text', () => {
  it('opens with its passphrase alone', async () => {
    expect(await openSealedText(sealed, PASSPHRASE, 'context')).toBe(TEXT);
    await expect(openSealedText(sealed, `${PASSPHRASE} `, 'context')).rejects.toThrow(WrongPassphraseError);
    await expect(openSealedText(sealed, '', 'context')).rejects.toThrow(WrongPassphraseError);
  });

  it('opens with a passphrase whose accents another system writes as letters of their own', async () => {
    expect(await openSealedText(sealed, PASSPHRASE.normalize('NFD'), 'context')).toBe(TEXT);
  });

  it('shows neither the text nor the passphrase, and is another each time', async () => {
    const again = await sealText(TEXT, PASSPHRASE, 'context');
    expect(again.text).not.toBe(sealed.text);
    expect(again.salt).not.toBe(sealed.salt);
    expect(Buffer.from(sealed.text, 'base64url').toString('latin1')).not.toContain('Arte');
    expect(JSON.stringify(sealed)).not.toContain('quatre');
  });

  it.each<[keyof SealedText, unknown]>([
    ['salt', 'AAAA'],
    ['nonce', 'AAAA'],
    ['tag', 'AAAA'],
    ['text', 'AAAA'],
    ['digest', 'AAAA'],
    ['cost', 1024],
    ['block_size', 9],
    ['parallelization', 1],
  ])('is damaged where its %s is another', async (part, value) => {
    const damaged = { ...sealed, [part]: value } as SealedText;
    await expect(openSealedText(damaged, PASSPHRASE, 'context')).rejects.toThrow(DamagedSealError);
  });

  it('is damaged where what stands beside it is another', async () => {
    await expect(openSealedText(sealed, PASSPHRASE, 'context 2')).rejects.toThrow(DamagedSealError);
  });

  it('may not cost more than a small machine has', () => {
    const { success } = sealedTextSchema.safeParse({ ...sealed, cost: 2 ** 24 });
    expect(success).toBe(false);
  });
});
