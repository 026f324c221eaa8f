/** The subjects that /doctor checks, in this order. */
export const doctorSubjects = [
  'ffmpeg',
  'account',
  'slots',
  'catalogue',
  'guides',
  'publicUrl',
  'seats',
  'edges',
  'discovery',
  'jellyfin',
  'discord',
  'telegram',
  'here',
  'disk',
  'recordings',
  'past',
  'database',
  'clock',
] as const;
export type DoctorSubject = (typeof doctorSubjects)[number];
