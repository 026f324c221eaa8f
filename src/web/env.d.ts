import type { HTMLAttributes } from 'preact';

/** The media-chrome elements that the watch page uses, with the attributes it sets. */
type MediaElement = HTMLAttributes<HTMLElement> & {
  notooltip?: boolean;
  mediacontroller?: string;
};

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'media-controller': MediaElement & {
        autohide?: string;
        defaultstreamtype?: 'live';
        fullscreenelement?: string;
        liveedgeoffset?: string;
        seektoliveoffset?: string;
        noautoseektolive?: boolean;
        nohotkeys?: boolean;
        nomutedpref?: boolean;
        novolumepref?: boolean;
      };
      'media-control-bar': MediaElement;
      'media-play-button': MediaElement;
      'media-mute-button': MediaElement;
      'media-volume-range': MediaElement;
      'media-live-button': MediaElement;
      'media-airplay-button': MediaElement;
      'media-cast-button': MediaElement;
      'media-pip-button': MediaElement;
      'media-fullscreen-button': MediaElement;
    }
  }
}
