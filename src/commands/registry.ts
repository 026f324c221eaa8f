import type { ActionName } from '../domain/command-name.ts';
import { adminCommand } from './admin.ts';
import { audioCommand } from './audio.ts';
import { channelsCommand } from './channels.ts';
import { clipCommand } from './clip.ts';
import type { Command } from './command.ts';
import type { CommandContext } from './context.ts';
import { doctorCommand } from './doctor.ts';
import { epgCommand } from './epg.ts';
import { favCommand } from './fav.ts';
import { followCommand } from './follow.ts';
import { helpCommand } from './help.ts';
import { historyCommand } from './history.ts';
import { langCommand } from './lang.ts';
import { linksCommand } from './links.ts';
import { loginCommand } from './login.ts';
import { pauseCommand } from './pause.ts';
import { playCommand } from './play.ts';
import { reactCommand } from './react.ts';
import { recordCommand } from './record.ts';
import { recordingsCommand } from './recordings.ts';
import { restartCommand } from './restart.ts';
import { screenCommand } from './screen.ts';
import { searchCommand } from './search.ts';
import { seriesCommand } from './series.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';
import { vlcCommand } from './vlc.ts';
import { voteCommand } from './vote.ts';
import { watchCommand } from './watch.ts';

/** Every command, by name. */
export type Commands = Readonly<Record<ActionName, Command<CommandContext>>>;

/** Every command; each platform derives its menus from it. */
export const registry: Commands = {
  play: playCommand,
  stop: stopCommand,
  pause: pauseCommand,
  restart: restartCommand,
  status: statusCommand,
  audio: audioCommand,
  screen: screenCommand,
  search: searchCommand,
  channels: channelsCommand,
  epg: epgCommand,
  fav: favCommand,
  follow: followCommand,
  record: recordCommand,
  recordings: recordingsCommand,
  history: historyCommand,
  clip: clipCommand,
  watch: watchCommand,
  vlc: vlcCommand,
  links: linksCommand,
  login: loginCommand,
  lang: langCommand,
  help: helpCommand,
  doctor: doctorCommand,
  admin: adminCommand,
  vote: voteCommand,
  react: reactCommand,
  series: seriesCommand,
};
