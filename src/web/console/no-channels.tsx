import { catalogueChange } from '../common/events.ts';
import { texts } from '../common/language.ts';
import { isLoading, trouble } from './account-banner.tsx';

/** Says in place of rows that no channel matches, or why there are no channels. */
export function NoChannels() {
  const t = texts.value;
  const why = trouble.value;
  const isEmpty = catalogueChange.value?.channels === 0;
  if (!isEmpty) {
    return (
      <div class="channel-none">
        <h2>{t.noChannels}</h2>
        <p>{t.noChannelsHint}</p>
      </div>
    );
  }
  return (
    <div class="channel-none">
      <h2>{isLoading.value ? t.listLoading : t.noList}</h2>
      <p>{why?.message ?? t.noListHint}</p>
    </div>
  );
}
