/** A page that came by plain http from another machine has no clipboard: there, the selection is copied. */
export async function copyText(text: string, field: HTMLInputElement | null): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  field?.select();
  if (!document.execCommand('copy')) throw new Error('The browser refuses to copy');
}
