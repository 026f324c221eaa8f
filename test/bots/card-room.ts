import type { CommandContext } from '../../src/commands/context.ts';
import { ids } from '../fakes/discord/scene.ts';
import type { FakeHttpOptions } from '../fakes/http-context.ts';
import { idsByRole, type Room, startRoom } from './room.ts';

/** Telegram's people by role; in Discord Anna and the boss are controllers. */
export const viewer = 7;
export const controller = 8;
export const stranger = 9;

/** A room with both bots, people with roles and a fake clock. */
export async function startCardRoom(
  settings: Partial<CommandContext> = {},
  http: FakeHttpOptions = {},
): Promise<Room> {
  const room = await startRoom({
    listed: {
      discord: idsByRole({ controller: [ids.dj], viewer: [ids.boss] }),
      telegram: idsByRole({ controller: [controller], viewer: [viewer, 70, 71] }),
    },
    wrap: (context) => ({ ...context, ...settings }),
    http,
    isTimeFake: true,
  });
  await Promise.all([room.startDiscord(), room.startTelegram()]);
  return room;
}
