import { compile } from '@fastify/proxy-addr';

type Trusts = (address: string, hop: number) => boolean;

/** Fastify's `trustProxy`, which follows the setting. @param context its trustProxy: true, false, or addresses and networks. */
export function trustedProxies(context: { readonly trustProxy: boolean | string }): Trusts {
  let made = { value: context.trustProxy, trusts: trustsOf(context.trustProxy) };
  return (address, hop) => {
    const { trustProxy: value } = context;
    if (value !== made.value) made = { value, trusts: trustsOf(value) };
    return made.trusts(address, hop);
  };
}

function trustsOf(value: boolean | string): Trusts {
  if (typeof value === 'boolean') return () => value;
  return compile(value.split(',').map((part) => part.trim()));
}
