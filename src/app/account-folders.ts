import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AccountId, demoAccount, mainAccount } from '../domain/ids.ts';

/** Where an account's last good list is kept, and what else belongs to it. */
export function folderOf(dataDir: string, account: AccountId): string {
  return join(dataDir, nameOf(account));
}

/** Removes the folders of all further accounts but these. */
export function removeFoldersOfOthers(dataDir: string, accounts: Iterable<AccountId>): void {
  const kept = new Set([...accounts].map(nameOf));
  for (const name of readdirSync(dataDir))
    if (FURTHER.test(name) && !kept.has(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
}

const FURTHER = /^catalogue-[a-z0-9]+$/;

function nameOf(account: AccountId): string {
  if (account === mainAccount) return 'catalogue';
  return account === demoAccount ? 'demo-catalogue' : `catalogue-${account}`;
}
