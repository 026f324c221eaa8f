import type { Slots } from '../accounts/slots.ts';

import type { LineUpEntry } from './line-up.ts';
import { extinf } from './m3u.ts';
import { escapeXml } from './xmltv-text.ts';

/** A tuner, as players are told about it. */
export interface TunerDevice {
  /** 8 hexadecimal digits. */
  readonly id: string;
  /** The number of channels that can be watched at the same time. */
  readonly tuners: number;
  /** Without a trailing slash; players put the names of the other documents behind it. */
  readonly baseUrl: string;
}

/** A channel of the tuner with its absolute address, which is one continuous MPEG-TS body. */
export interface TunerChannel {
  readonly entry: LineUpEntry;
  readonly url: string;
}

const NAME = 'Zapette';
/** Players ask models with `HDTC` in their names to transcode. */
const MODEL = 'HDHR5-4US';
const FIRMWARE = 'hdhomerun5_atsc';
const FIRMWARE_VERSION = '20250101';
/** With one alone, players refuse a second viewer of the screen. */
const FEWEST_TUNERS = 2;
/** In front of the device's id: a UPnP device is known by a UUID. */
const UUID = '2f70c0d7-90a3-4cee-9c64-0000';

/** The number of channels that can be watched at the same time: the screen takes none for a further viewer. */
export function tunersWith({ free }: Pick<Slots, 'free'>): number {
  return Math.max(FEWEST_TUNERS, free);
}

/** /discover.json. */
export function discoverDocument({ id, tuners, baseUrl }: TunerDevice) {
  return {
    FriendlyName: NAME,
    ModelNumber: MODEL,
    FirmwareName: FIRMWARE,
    FirmwareVersion: FIRMWARE_VERSION,
    DeviceID: id,
    DeviceAuth: 'zapette',
    BaseURL: baseUrl,
    LineupURL: `${baseUrl}/lineup.json`,
    TunerCount: tuners,
  };
}

/** /lineup_status.json: what there is, is always known, so that a scan is over at once. */
export function lineUpStatus() {
  return { ScanInProgress: 0, ScanPossible: 1, Source: 'Cable', SourceList: ['Cable'] };
}

/** /device.xml, by which UPnP clients know the device. */
export function deviceXml({ id, baseUrl }: TunerDevice): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<root xmlns="urn:schemas-upnp-org:device-1-0">
  <specVersion><major>1</major><minor>0</minor></specVersion>
  <URLBase>${escapeXml(baseUrl)}</URLBase>
  <device>
    <deviceType>urn:schemas-upnp-org:device:MediaServer:1</deviceType>
    <friendlyName>${NAME}</friendlyName>
    <manufacturer>Silicondust</manufacturer>
    <modelName>${MODEL}</modelName>
    <modelNumber>${MODEL}</modelNumber>
    <serialNumber>${id}</serialNumber>
    <UDN>uuid:${UUID}${id.toLowerCase()}</UDN>
  </device>
</root>
`;
}

/** The form of a line-up: what begins it, what stands for each channel, what is between two of them, what ends it. */
export interface LineUpForm {
  readonly contentType: string;
  readonly begin: string;
  readonly of: (channel: TunerChannel) => string;
  readonly between: string;
  readonly end: string;
}

/** /lineup.json. */
export const jsonForm: LineUpForm = {
  contentType: 'application/json; charset=utf-8',
  begin: '[',
  of: (channel) => JSON.stringify(lineUpItem(channel)),
  between: ',\n',
  end: ']\n',
};

/** /lineup.xml. */
export const xmlForm: LineUpForm = {
  contentType: 'application/xml; charset=utf-8',
  begin: '<?xml version="1.0" encoding="UTF-8"?>\n<Lineup>\n',
  of: (channel) => {
    const values = Object.entries(lineUpItem(channel));
    return `<Program>${values.map(([name, value]) => `<${name}>${escapeXml(`${value}`)}</${name}>`).join('')}</Program>`;
  },
  between: '\n',
  end: '\n</Lineup>\n',
};

/** /lineup.m3u. */
export const m3uForm: LineUpForm = {
  contentType: 'audio/x-mpegurl; charset=utf-8',
  begin: '#EXTM3U\n',
  of: ({ entry: { shownNumber, id, name, group }, url }) => {
    const attributes = {
      'channel-id': id,
      'channel-number': `${shownNumber}`,
      'tvg-id': id,
      'tvg-chno': `${shownNumber}`,
      'tvg-name': name,
      'group-title': group,
    };
    return `${extinf({ name, attributes })}\n${url}`;
  },
  between: '\n',
  end: '\n',
};

/** A screen always has these codecs; what a channel has is known once it is opened. */
function lineUpItem({ entry: { shownNumber, name, isHd, target }, url }: TunerChannel) {
  return {
    GuideNumber: `${shownNumber}`,
    GuideName: name,
    ...(target.kind === 'screen' ? { VideoCodec: 'H264', AudioCodec: 'AAC' } : {}),
    HD: isHd ? 1 : 0,
    Favorite: 0,
    URL: url,
  };
}
