import { makeBundle } from '../../src/bundle/bundle.ts';
import { mainAccount } from '../../src/domain/ids.ts';
import { migrate } from '../../src/store/database.ts';
import { formerSchemas, makeFormerDatabase } from './former-databases.ts';

export const someKeys = {
  adminToken: 'admin-token-of-an-export',
  viewerKey: 'viewer-key',
  signingKey: 'signing-key',
  webhookSecret: 'webhook-secret',
  deviceId: '10ABCDE1',
  shown: true,
  isSetUp: true,
};

/** A database of the current schema, with rows in every table. */
export function someDatabase() {
  const database = makeFormerDatabase(formerSchemas.at(-1) as number);
  migrate(database, mainAccount);
  return database;
}

/** An installation with something of everything. */
export const someBundle = makeBundle({
  settings: {
    XTREAM_URL: 'http://panel.example',
    XTREAM_USERNAME: 'user-of-export',
    XTREAM_PASSWORD: 'password-of-export',
    ETIQUETTE: 'controllers',
  },
  keys: someKeys,
  database: someDatabase(),
});
