import type { FastifyRequest } from 'fastify';
import type { Gate } from '../../access/gate.ts';
import { AppError } from '../../domain/errors.ts';
import { sessionCookie } from './cookies.ts';

/** True for the admin token and for a console session. */
export function isOperator(request: FastifyRequest, gate: Gate): boolean {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return (bearer !== undefined && gate.isAdminToken(bearer)) || gate.isSession(sessionCookie(request));
}

/** A hook for routes that change something. @throws AppError unauthorised */
export function operatorsOnly(gate: Gate) {
  return async (request: FastifyRequest): Promise<void> => {
    if (!isOperator(request, gate)) throw new AppError('unauthorised');
  };
}
