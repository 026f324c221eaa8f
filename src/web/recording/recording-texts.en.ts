export const en = {
  file: 'File for VLC',
  address: 'Address for VLC',
  onAir: (channel: string, when: string) => `${channel}, ${when}`,
  cannotPlay: 'This browser cannot play the recording: open the link in VLC.',
  cannotShow: 'This browser shows no picture of it. Unless it is radio, open the link in VLC.',
  notReady: 'There is nothing to play yet.',
};

export type RecordingPageTexts = typeof en;
