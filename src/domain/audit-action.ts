/** Every change that the audit log records; the console has a text for each. */
export const auditActions = [
  'play',
  'stop',
  'restart',
  'audio',
  'link_made',
  'link_ended',
  'login_link',
  'invite_made',
  'invite_ended',
  'login',
  'logout',
  'session_ended',
  'token_made',
  'token_revoked',
  'allow',
  'deny',
  'reload',
  'settings',
  'settings_undone',
  'server_restart',
] as const;
export type AuditAction = (typeof auditActions)[number];
