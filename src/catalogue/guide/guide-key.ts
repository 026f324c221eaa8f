/** Normalises a channel id of the guide, since providers mix upper and lower case. */
export function guideKey(id: string): string {
  return id.trim().toLowerCase();
}
