import type { Commands } from './command.ts';
import { helpCommand } from './help.ts';
import { langCommand } from './lang.ts';
import { playCommand } from './play.ts';
import { searchCommand } from './search.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';
import { voteCommand } from './vote.ts';
import { watchCommand } from './watch.ts';

/** Every command, once; each platform derives its own menu from it. */
export const registry: Commands = {
  play: playCommand,
  stop: stopCommand,
  status: statusCommand,
  search: searchCommand,
  watch: watchCommand,
  lang: langCommand,
  help: helpCommand,
  vote: voteCommand,
};
