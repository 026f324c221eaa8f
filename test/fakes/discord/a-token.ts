import { ids } from './scene.ts';

/** A token of the form that Discord gives: the bot's id in base64, a time and a signature. */
export const aToken = `${Buffer.from(ids.application).toString('base64url')}.G5Nast.${'x7Q-_z'.repeat(6)}pB`;
