import { z } from 'zod';

const guideSchema = z.object({ Type: z.string(), Path: z.string() });
const tunerSchema = z.object({ Type: z.string(), Url: z.string(), DeviceId: z.string().nullish() });

/**
 * Whether a source of Jellyfin's guide is our /epg.xml, by whatever name of this server it was typed. Another program's of the
 * same name would be read anew as well, which harms nothing.
 */
export function isOurGuide(provider: unknown): boolean {
  const { data } = guideSchema.safeParse(provider);
  return data?.Type.toLowerCase() === 'xmltv' && /\/epg\.xml(?:\.gz)?$/.test(pathOf(data.Path));
}

/** Whether a tuner of Jellyfin's has a client's channels: those of the shared screens never change. */
export function isOurTuner(tuner: unknown, deviceId: string): boolean {
  const { data } = tunerSchema.safeParse(tuner);
  if (data?.Type.toLowerCase() === 'hdhomerun') return data.DeviceId?.toUpperCase() === deviceId;
  return data?.Type.toLowerCase() === 'm3u' && /\/t\/[^/]+\/playlist\.m3u$/.test(pathOf(data.Url));
}

function pathOf(address: string): string {
  return URL.parse(address)?.pathname ?? '';
}
