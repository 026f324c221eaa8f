import { now } from './clock.ts';
import type { ChannelId } from './contract/channels.ts';
import { status } from './events.ts';
import { duration } from './format.ts';
import { WarningIcon } from './icons.tsx';
import { texts } from './language.ts';

interface PictureTroubleProps {
  readonly onChoose: (channel: { readonly id: ChannelId; readonly name: string }) => void;
}

/** Tells operators what is wrong with the picture or sound on air, and offers another variant. */
export function PictureTrouble({ onChoose }: PictureTroubleProps) {
  const picture = status.value?.operators?.picture;
  if (!picture) return null;
  const t = texts.value;
  const { kind, since, other } = picture;
  return (
    <p class="picture-trouble">
      <WarningIcon size={18} />
      <span>{t.troubles[kind](duration(now.value - Date.parse(since), t.units))}</span>
      {other && (
        <button type="button" class="button button-plain" onClick={() => onChoose(other)}>
          {t.takeVariant(other.name)}
        </button>
      )}
    </p>
  );
}
