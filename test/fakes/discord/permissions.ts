/** The permissions that the fake knows, as Discord's bits. */
export const permissionBits = {
  ADMINISTRATOR: 1n << 3n,
  MANAGE_GUILD: 1n << 5n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  USE_APPLICATION_COMMANDS: 1n << 31n,
} as const;

export type Permission = keyof typeof permissionBits;

/** Everybody's permissions unless a test sets others. */
export const everyday =
  permissionBits.VIEW_CHANNEL |
  permissionBits.SEND_MESSAGES |
  permissionBits.EMBED_LINKS |
  permissionBits.ATTACH_FILES |
  permissionBits.READ_MESSAGE_HISTORY |
  permissionBits.USE_APPLICATION_COMMANDS;

const all = (1n << 53n) - 1n;

/** All permissions for an administrator, else the given ones. */
export function effective(bits: bigint): bigint {
  return bits & permissionBits.ADMINISTRATOR ? all : bits;
}

export function allows(bits: bigint, permission: Permission): boolean {
  return (effective(bits) & permissionBits[permission]) !== 0n;
}
