/** H.264 encoders that VIDEO_ENCODER may name; used only for channels whose video a browser cannot play. */
export const videoEncoders = [
  'libx264',
  'h264_nvenc',
  'h264_qsv',
  'h264_amf',
  'h264_videotoolbox',
  'h264_v4l2m2m',
] as const;
export type VideoEncoder = (typeof videoEncoders)[number];

/** `auto`: sound that is just as we deliver it is copied; `copy`: AAC of any kind is. */
export const audioModes = ['auto', 'aac', 'copy'] as const;
export type AudioMode = (typeof audioModes)[number];

export interface OutputOptions {
  readonly audio: AudioMode;
  readonly videoEncoder: VideoEncoder;
}
