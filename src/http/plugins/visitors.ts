import type { FastifyRequest } from 'fastify';
import type { Gate } from '../../access/gate.ts';
import type { Visitor } from '../../access/visitor.ts';
import type { Visitors } from '../../access/visitors.ts';
import { type RightName, rights } from '../../actions/rights.ts';
import { mayAct } from '../../domain/actor.ts';
import { AppError } from '../../domain/errors.ts';
import type { HttpContext } from '../context.ts';
import type { Reader } from '../status-json.ts';
import { sessionCookie } from './cookies.ts';

const known = new WeakMap<FastifyRequest, Visitor>();

/** Who asks, by a token or a session; null: a stranger. @throws AppError rate_limited */
export function findVisitor(request: FastifyRequest, visitors: Visitors): Visitor | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return (
    (bearer === undefined ? null : visitors.byToken(bearer, request.ip)) ??
    visitors.bySession(sessionCookie(request))
  );
}

/** For whom a status is written: where not everybody may watch, nobody is named to strangers. */
export function readerOf(visitor: Visitor | null, { isPublic }: Pick<Gate, 'isPublic'>): Reader {
  if (visitor === null) return isPublic ? 'viewer' : 'stranger';
  return mayAct(visitor, 'controller') ? 'operator' : 'viewer';
}

/** A hook for routes that not everybody may use, as the table of rights has it. @throws AppError unauthorised, not_allowed, rate_limited */
export function requireRight(visitors: Visitors, right: RightName) {
  return async (request: FastifyRequest): Promise<void> => {
    const visitor = findVisitor(request, visitors);
    if (!visitor) throw new AppError('unauthorised');
    if (!mayAct(visitor, rights[right].role)) throw new AppError('not_allowed');
    known.set(request, visitor);
  };
}

/** A hook for what only those may look at who may watch, where one must log in to watch. */
export function requireViewer({ gate, visitors }: Pick<HttpContext, 'gate' | 'visitors'>) {
  const check = requireRight(visitors, 'look');
  return async (request: FastifyRequest): Promise<void> => {
    if (gate.isPersonal) await check(request);
  };
}

/** Who asks, in a route behind `requireRight`. */
export function visitorOf(request: FastifyRequest): Visitor {
  const visitor = known.get(request);
  if (!visitor) throw new Error('a route that did not ask who it is');
  return visitor;
}
