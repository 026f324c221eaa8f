import { hasNoList, whyNoList } from '../actions/play.ts';
import { rights } from '../actions/rights.ts';
import { qualities } from '../catalogue/names/tags.ts';
import { askWhich } from './choice.ts';
import type { Command, Option } from './command.ts';
import { fulfil } from './play-channel.ts';
import { resolveChannel, toQuality } from './resolve-channel.ts';

export const qualityOption: Option = {
  name: 'quality',
  isRequired: false,
  suggests: false,
  choices: qualities,
};

export const playCommand: Command = {
  name: 'play',
  options: [{ name: 'channel', isRequired: true, suggests: true }, qualityOption],
  role: rights.play.role,
  isPrivate: false,
  async run(call) {
    const {
      context,
      actor,
      values: [typed = '', quality = ''],
    } = call;
    if (hasNoList(context)) throw await whyNoList(context);
    // A button may say from which channel one means to switch.
    const [, wish = typed, insteadOf] = /^(#\d{1,15})!(\d{1,15})$/.exec(typed) ?? [];
    const found = resolveChannel(context, actor, { typed: wish, quality: toQuality(quality) });
    if (found.kind !== 'one') return askWhich(call, typed.trim(), found);
    return fulfil(call, found.channel.id, insteadOf ? Number(insteadOf) : undefined);
  },
};
