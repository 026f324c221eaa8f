import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../lib/make-folder.ts';
import { replaceFile } from '../lib/replace-file.ts';

/** Settings as texts, by their names in the environment. */
export type SettingTexts = Readonly<Record<string, string>>;

const schema = z.record(z.string(), z.string());

/** DATA_DIR/settings.json: the settings that were made on the set-up page, and the version before the last change. */
export class SettingsFile {
  readonly path: string;
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
    this.path = join(directory, 'settings.json');
  }

  /** Reads the settings; synchronous, since the server listens where they say. Null where there are none. @throws if the file is damaged */
  read(): SettingTexts | null {
    return readTexts(this.path);
  }

  /** Reads the version before the last change; null where there is none, or where it is damaged. */
  readFormer(): SettingTexts | null {
    try {
      return readTexts(this.#formerPath);
    } catch {
      return null;
    }
  }

  /** Replaces the file, and keeps its former version. Only the owner can read both. @throws the system's error; the file stays then */
  async write(texts: SettingTexts, former: SettingTexts): Promise<void> {
    await makeFolder(this.#directory);
    await replaceFile(this.#formerPath, toText(former));
    await replaceFile(this.path, toText(texts));
  }

  get #formerPath(): string {
    return `${this.path}.before`;
  }
}

function readTexts(path: string): SettingTexts | null {
  return existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
}

function toText(texts: SettingTexts): string {
  return `${JSON.stringify(texts, null, 2)}\n`;
}
