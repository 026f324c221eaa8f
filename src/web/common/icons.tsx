import type { ComponentChildren } from 'preact';

interface IconProps {
  readonly size?: number;
}

function icon(shape: ComponentChildren) {
  return function Icon({ size = 20 }: IconProps) {
    return (
      <svg
        width={`${size / 16}rem`}
        height={`${size / 16}rem`}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        {shape}
      </svg>
    );
  };
}

const thirty = {
  x: 12,
  y: 15.6,
  fill: 'currentColor',
  stroke: 'none',
  'text-anchor': 'middle',
  'font-size': 7.5,
  'font-weight': 700,
} as const;

export const LinkIcon = icon(
  <path d="M10 14a4.5 4.5 0 0 0 6.4 0l3.2-3.2a4.5 4.5 0 0 0-6.4-6.4L12 5.6M14 10a4.5 4.5 0 0 0-6.4 0l-3.2 3.2a4.5 4.5 0 0 0 6.4 6.4l1.2-1.2" />,
);
export const AntennaIcon = icon(
  <>
    <path d="M12 13v8M8.5 21h7" />
    <circle cx="12" cy="10" r="2.2" fill="currentColor" stroke="none" />
    <path d="M7.8 14.2a6 6 0 0 1 0-8.4M16.2 5.8a6 6 0 0 1 0 8.4M5 17A10 10 0 0 1 5 3M19 3a10 10 0 0 1 0 14" />
  </>,
);
export const EyeIcon = icon(
  <>
    <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z" />
    <circle cx="12" cy="12" r="2.8" />
  </>,
);
export const SoundIcon = icon(
  <>
    <path d="M11 5 6.5 9H3v6h3.5l4.5 4V5Z" fill="currentColor" />
    <path d="M15.5 9.5a3.5 3.5 0 0 1 0 5M18.5 6.5a8 8 0 0 1 0 11" />
  </>,
);
export const MutedIcon = icon(
  <>
    <path d="M11 5 6.5 9H3v6h3.5l4.5 4V5Z" fill="currentColor" />
    <path d="m16 9.5 5 5M21 9.5l-5 5" />
  </>,
);
export const ScreensIcon = icon(
  <>
    <rect x="3" y="8" width="13" height="10" rx="2" />
    <path d="M7.5 4.5H18a2.5 2.5 0 0 1 2.5 2.5v7.5" />
  </>,
);
export const WallIcon = icon(<path d="M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z" />);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const EditIcon = icon(<path d="M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4" />);
export const UpIcon = icon(<path d="M12 20V5M6 11l6-6 6 6" />);
export const DownIcon = icon(<path d="M12 4v15M6 13l6 6 6-6" />);
export const MoveIcon = icon(<path d="M4 7h15M15 3l4 4-4 4M20 17H5M9 13l-4 4 4 4" />);
export const PauseIcon = icon(<path d="M6.5 4.5h4v15h-4zM13.5 4.5h4v15h-4z" fill="currentColor" />);

export const PlayIcon = icon(<path d="M7 4.5v15l12.5-7.5L7 4.5Z" fill="currentColor" />);
export const StarIcon = icon(
  <path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8L12 3.5Z" />,
);
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5H8" />
  </>,
);
export const StopIcon = icon(
  <rect x="6" y="6" width="12" height="12" rx="2" fill="currentColor" stroke="none" />,
);
export const LiveIcon = icon(
  <>
    <circle cx="12" cy="12" r="3" fill="currentColor" />
    <path d="M7 7a7 7 0 0 0 0 10M17 7a7 7 0 0 1 0 10" />
  </>,
);
export const RecordIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <circle cx="12" cy="12" r="4.5" fill="currentColor" stroke="none" />
  </>,
);
export const FromStartIcon = icon(<path d="M6 5v14M19 5.5v13L9 12z" />);
export const Back30Icon = icon(
  <>
    <path d="M4 5v5h5M4.6 10A8 8 0 1 1 4 14" />
    <text {...thirty}>30</text>
  </>,
);
export const Forward30Icon = icon(
  <>
    <path d="M20 5v5h-5M19.4 10A8 8 0 1 0 20 14" />
    <text {...thirty}>30</text>
  </>,
);
export const RestartIcon = icon(<path d="M20 5v5h-5M19.4 10A8 8 0 1 0 20 14" />);
export const SearchIcon = icon(
  <>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m16 16 4.5 4.5" />
  </>,
);
export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const CopyIcon = icon(
  <>
    <rect x="9" y="9" width="11" height="11" rx="2.5" />
    <path d="M5.5 15H5a1.5 1.5 0 0 1-1.5-1.5V5A1.5 1.5 0 0 1 5 3.5h8.5A1.5 1.5 0 0 1 15 5v.5" />
  </>,
);
export const CheckIcon = icon(<path d="m4.5 12.5 5 5L19.5 7" />);
export const ListIcon = icon(<path d="M4 6.5h16M4 12h16M4 17.5h10" />);
export const LeaveIcon = icon(<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M19 12H9" />);
export const KeyboardIcon = icon(
  <>
    <rect x="2.5" y="6" width="19" height="12" rx="2.5" />
    <path d="M7 10h.01M11 10h.01M15 10h.01M8 14h8" />
  </>,
);
export const SmileIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M8 14.2a4.8 4.8 0 0 0 8 0M9 9.5h.01M15 9.5h.01" />
  </>,
);
export const WarningIcon = icon(
  <>
    <path d="M12 4 2.8 19.5h18.4L12 4Z" />
    <path d="M12 10v4.2M12 17h.01" />
  </>,
);
export const EarlierIcon = icon(<path d="m14.5 5-7 7 7 7" />);
export const LaterIcon = icon(<path d="m9.5 5 7 7-7 7" />);
export const ScreenIcon = icon(
  <>
    <rect x="2.5" y="4.5" width="19" height="13" rx="2.5" />
    <path d="M8 21h8" />
  </>,
);
export const GuideIcon = icon(
  <>
    <rect x="3" y="4.5" width="18" height="15" rx="2.5" />
    <path d="M3 9.5h18M3 14.5h18M9 9.5v5M15 14.5v5" />
  </>,
);
export const PencilIcon = icon(<path d="M4 20h4L19.5 8.5l-4-4L4 16v4ZM13 7l4 4" />);
export const PeopleIcon = icon(
  <>
    <circle cx="9" cy="8" r="3.5" />
    <path d="M2.5 19.5a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18.5 14.5a6.5 6.5 0 0 1 3 5" />
  </>,
);
export const ServerIcon = icon(
  <>
    <rect x="3" y="4" width="18" height="7" rx="2" />
    <rect x="3" y="13" width="18" height="7" rx="2" />
    <path d="M7 7.5h.01M7 16.5h.01" />
  </>,
);
export const UnfoldIcon = icon(<path d="m6 9 6 6 6-6" />);
export const FoldIcon = icon(<path d="m6 15 6-6 6 6" />);
export const MoreIcon = icon(
  <g fill="currentColor" stroke="none">
    <circle cx="5" cy="12" r="2" />
    <circle cx="12" cy="12" r="2" />
    <circle cx="19" cy="12" r="2" />
  </g>,
);
export const ScissorsIcon = icon(
  <>
    <circle cx="6" cy="6.5" r="2.8" />
    <circle cx="6" cy="17.5" r="2.8" />
    <path d="M8.4 8 20 17.5M8.4 16 20 6.5" />
  </>,
);
export const ShareIcon = icon(
  <path d="M12 15V3.5M7.5 7.5 12 3l4.5 4.5M5 12v6.5A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5V12" />,
);
export const ChartIcon = icon(<path d="M4 4v16h16M8.5 15v-4M13 15V7M17.5 15v-6" />);
export const PipIcon = icon(
  <>
    <rect x="2.5" y="4.5" width="19" height="15" rx="2.5" />
    <rect x="12" y="11.5" width="6.5" height="5" rx="1" fill="currentColor" />
  </>,
);
