import type { Visitor } from '../access/visitor.ts';
import { AppError } from '../domain/errors.ts';
import type { Requester } from './rights.ts';

/**
 * Refuses what shows or replaces secrets to admins whom another admin has let in.
 * @throws AppError not_allowed, owners_only
 */
export function requireOwner({
  role,
  listedRole,
}: Pick<Requester, 'role'> & Pick<Visitor, 'listedRole'>): void {
  if (role !== 'admin') throw new AppError('not_allowed');
  if (listedRole !== 'admin') throw new AppError('owners_only');
}
