export const en = {
  file: 'File for VLC',
  onAir: (channel: string, when: string) => `${channel}, ${when}`,
  cannotPlay: 'This browser cannot play the recording: open the file in VLC.',
  notReady: 'There is nothing to play yet.',
};

export type RecordingPageTexts = typeof en;
