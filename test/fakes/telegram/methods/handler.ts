import type { MethodName, Params } from '../method-schemas.ts';
import type { UploadedFile } from '../request-body.ts';
import type { Service } from '../service.ts';

/** One call of the bot. */
export interface Call {
  readonly service: Service;
  readonly files: ReadonlyMap<string, UploadedFile>;
  /** Aborted when the bot disconnects. */
  readonly signal: AbortSignal;
  /** Reports a violation that the service itself would ignore. */
  readonly complain: (text: string) => void;
}

/** Runs a method and returns its result. @throws {Refusal} */
export type Handler<M extends MethodName> = (call: Call, params: Params<M>) => unknown;
export type Handlers<M extends MethodName = MethodName> = { readonly [K in M]: Handler<K> };
