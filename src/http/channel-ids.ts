import { z } from 'zod';
import { type ChannelId, channelIdOfText, fromApiChannelId, type OwnAccount } from '../domain/ids.ts';

/** A channel in an answer: the provider's number for channels of the installation's own account, else the id. */
export const apiChannelId = z.union([z.number(), z.string()]);

/** A channel in the body of a request: a number, also in quotes, as shells send it, or an id. */
export function givenChannelId(own: OwnAccount) {
  return z.union([z.int(), z.string()], { error: PROBLEM }).transform((given, context): ChannelId => {
    const id = typeof given === 'string' ? channelIdOfText(given, own) : fromApiChannelId(given, own);
    if (id !== null) return id;
    context.addIssue({ code: 'custom', message: PROBLEM });
    return z.NEVER;
  });
}

/** A channel in an address. */
export function channelIdInAddress(own: OwnAccount) {
  return z.string().transform((given, context): ChannelId => {
    const id = channelIdOfText(given, own);
    if (id !== null) return id;
    context.addIssue({ code: 'custom', message: PROBLEM });
    return z.NEVER;
  });
}

/** A rule of `FieldProblem`. */
const PROBLEM = 'channel';
