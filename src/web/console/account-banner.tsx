import { computed } from '@preact/signals';
import { status } from '../common/events.ts';
import { WarningIcon } from '../common/icons.tsx';

/** Why there are no channels, as operators are told; null if there are, or for everybody else. */
export const trouble = computed(() => status.value?.operators?.trouble ?? null);

/** True while the channel list is loading, which is no fault. */
export const isLoading = computed(() => trouble.value?.code === 'catalogue_not_ready');

/** What is wrong with some of several accounts while the others have channels. */
const partial = computed(() => {
  const accounts = status.value?.operators?.accounts ?? [];
  return trouble.value === null && accounts.length > 1
    ? accounts.flatMap(({ id, name, trouble: why }) => (why ? [{ id, name, message: why.message }] : []))
    : [];
});

/** Says on every tab what is wrong with an account or a provider, and what to do about it. */
export function AccountBanner() {
  const why = trouble.value;
  return (
    <div role="alert">
      {why && (
        <p class={`trouble ${isLoading.value ? 'trouble-loading' : ''}`}>
          {isLoading.value ? <span class="spinner" aria-hidden="true" /> : <WarningIcon size={20} />}
          <span>{why.message}</span>
        </p>
      )}
      {partial.value.map(({ id, name, message }) => (
        <p key={id} class="trouble">
          <WarningIcon size={20} />
          <span>
            <strong>{name.charAt(0).toUpperCase() + name.slice(1)}</strong> · {message}
          </span>
        </p>
      ))}
    </div>
  );
}
