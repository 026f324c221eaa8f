import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/web/common/api.ts';
import type { Setting } from '../../../src/web/setup/contract.ts';
import {
  type SettingChanges,
  type SettingsAnswer,
  SettingsEditor,
} from '../../../src/web/setup/settings-editor.ts';
import { aSetting } from '../../fakes/setup-server-settings.ts';

const port = aSetting({ name: 'PORT', kind: 'number', default_value: '8002' });
const address = aSetting({ name: 'PUBLIC_URL', value: 'https://a.example', source: 'page', is_set: true });
const secret = aSetting({ name: 'ADMIN_TOKEN', kind: 'secret', is_set: true, source: 'page' });

/** An editor over a server that answers what it is told. */
function anEditor(answer: () => Promise<SettingsAnswer> = async () => answerOf([port, address, secret])) {
  const sent: SettingChanges[] = [];
  const editor = new SettingsEditor({
    load: async () => answerOf([port, address, secret]),
    change: (changes) => {
      sent.push(changes);
      return answer();
    },
    undo: answer,
  });
  return { editor, sent };
}

const answerOf = (items: readonly Setting[]): SettingsAnswer => ({ items, can_undo: true, notices: [] });
const wrong = (problems: readonly object[]) =>
  new ApiError(400, 'settings_wrong', 'Correct these.', { details: { problems } });

describe('the editor of settings', () => {
  it('counts a change, and forgets it when the old value is typed again', () => {
    const { editor } = anEditor();
    editor.edit(port, '9000');
    editor.edit(address, 'https://b.example');
    expect(editor.changeCount.value).toBe(2);
    editor.edit(port, '8002');
    editor.edit(address, 'https://a.example');
    expect(editor.changeCount.value).toBe(0);
  });

  it('sends typed values, and null for what is emptied or goes back to the default', async () => {
    const { editor, sent } = anEditor();
    editor.edit(port, '9000');
    editor.edit(address, '');
    editor.toDefault(secret);
    await editor.save();
    expect(sent).toEqual([{ PORT: '9000', PUBLIC_URL: null, ADMIN_TOKEN: null }]);
    expect(editor.changeCount.value).toBe(0);
    expect(editor.canUndo.value).toBe(true);
  });

  it('leaves a setting alone that has its default already', () => {
    const { editor } = anEditor();
    editor.toDefault(port);
    expect(editor.changeCount.value).toBe(0);
  });

  it('leaves a secret alone whose field is emptied again', () => {
    const { editor } = anEditor();
    editor.edit(secret, 'x');
    editor.edit(secret, '');
    expect(editor.changeCount.value).toBe(0);
  });

  it('keeps the drafts of a refused save, with a sentence at each wrong one until it is changed', async () => {
    const { editor } = anEditor(() =>
      Promise.reject(wrong([{ name: 'PORT', message: 'PORT must be a whole number.' }])),
    );
    editor.edit(port, 'abc');
    editor.edit(address, 'https://b.example');
    await expect(editor.save()).rejects.toThrow('Correct these.');
    expect(editor.changeCount.value).toBe(2);
    expect([...editor.problems.value]).toEqual([['PORT', 'PORT must be a whole number.']]);
    editor.edit(address, 'https://c.example');
    expect(editor.problems.value.size).toBe(1);
    editor.edit(port, '9000');
    expect(editor.problems.value.size).toBe(0);
  });

  it('has no problems at the fields where the server did not answer', async () => {
    const { editor } = anEditor(() => Promise.reject(new ApiError(0, 'offline', '')));
    editor.edit(port, '9000');
    await expect(editor.save()).rejects.toThrow(ApiError);
    expect(editor.problems.value.size).toBe(0);
    expect(editor.isBusy.value).toBe(false);
    expect(editor.changeCount.value).toBe(1);
  });

  it('keeps what is typed while the server saves', async () => {
    const answer = Promise.withResolvers<SettingsAnswer>();
    const { editor, sent } = anEditor(() => answer.promise);
    editor.edit(port, '9000');
    editor.edit(address, 'https://b.example');
    const saved = editor.save();
    editor.edit(port, '9001');
    answer.resolve(answerOf([port, address, secret]));
    await saved;
    expect(sent).toEqual([{ PORT: '9000', PUBLIC_URL: 'https://b.example' }]);
    expect([...editor.drafts.value]).toEqual([['PORT', '9001']]);
  });

  it('keeps drafts when it loads anew', async () => {
    const { editor } = anEditor();
    editor.edit(port, '9000');
    await editor.load();
    expect(editor.settings.value).toHaveLength(3);
    expect(editor.changeCount.value).toBe(1);
  });
});
