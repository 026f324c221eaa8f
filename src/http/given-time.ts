import { z } from 'zod';
import { AppError } from '../domain/errors.ts';

/** ISO 8601 with a zone, or seconds since 1970, also in quotes, as shells send them. */
export const givenTime = z
  .union([z.number(), z.string()], { error: 'time' })
  .describe('ISO 8601 with its zone, or seconds since 1970');
export type GivenTime = z.infer<typeof givenTime>;

/** The end of the year 9999, in epoch milliseconds; what is later was given in milliseconds. */
const LAST_TIME = 253_402_300_799_999;

/** @returns epoch milliseconds. @throws AppError time_unreadable */
export function readTime(given: GivenTime): number {
  const text = String(given).trim();
  const at = /^\d{1,12}(?:\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : parseIso(text);
  if (Number.isNaN(at) || at > LAST_TIME) throw new AppError('time_unreadable', { time: text });
  return at;
}

function parseIso(text: string): number {
  return z.iso.datetime({ offset: true }).safeParse(text).success ? Date.parse(text) : Number.NaN;
}
