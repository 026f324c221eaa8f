/** H.264 encoders that VIDEO_ENCODER may name; used for channels whose video a browser cannot play, and for the lower rendition. */
export const videoEncoders = [
  'libx264',
  'h264_nvenc',
  'h264_qsv',
  'h264_amf',
  'h264_videotoolbox',
  'h264_v4l2m2m',
] as const;
export type VideoEncoder = (typeof videoEncoders)[number];

/** How sound is coded. auto: sound in exactly our format is copied, other sound is encoded · aac: all sound is encoded · copy: AAC of any kind is copied. */
export const audioModes = ['auto', 'aac', 'copy'] as const;
export type AudioMode = (typeof audioModes)[number];

/** How channels are coded for viewers. */
export interface OutputOptions {
  readonly audio: AudioMode;
  readonly videoEncoder: VideoEncoder;
}
