import type { z } from 'zod';
import { type MethodName, methodSchemas, type Params } from '../method-schemas.ts';
import { badRequest } from '../refusal.ts';
import { validate } from '../validate.ts';
import { answering } from './answering.ts';
import { chats } from './chats.ts';
import { editing } from './editing.ts';
import type { Call, Handler, Handlers } from './handler.ts';
import { profile } from './profile.ts';
import { receiving } from './receiving.ts';
import { sending } from './sending.ts';

const schemas: { readonly [M in MethodName]: z.ZodType<Params<M>> } = methodSchemas;
const handlers: Handlers = { ...receiving, ...profile, ...sending, ...editing, ...answering, ...chats };

/** Checks the parameters and runs the method. @throws {Refusal} */
export async function run<M extends MethodName>(
  name: M,
  call: Call,
  raw: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const complain = (unknown: string) =>
    call.complain(`there is no parameter "${unknown}"; the service ignores it`);
  const params: Params<M> = validate<Params<M>>(schemas[name], raw, complain);
  if ('business_connection_id' in raw) throw badRequest('business connection not found');
  const handler: Handler<M> = handlers[name];
  return handler(call, params);
}
