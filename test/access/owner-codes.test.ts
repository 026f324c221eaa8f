import { beforeEach, describe, expect, it } from 'vitest';
import { isOwnerCode, OWNER_CODE_LIFETIME, OwnerCodes } from '../../src/access/owner-codes.ts';
import { owner } from '../../src/access/visitor.ts';
import { AuditLog } from '../../src/store/audit-log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { People } from '../../src/store/people.ts';
import { FakeClock } from '../fakes/fake-clock.ts';

const ada = { id: 'telegram:1', name: 'Ada' };
const mallory = { id: 'telegram:2', name: 'Mallory' };

let clock: FakeClock;
let people: People;
let audit: AuditLog;
let codes: OwnerCodes;
let owners: string[];
/** With which making an owner fails. */
let failure: Error | null;
beforeEach(() => {
  clock = new FakeClock();
  const database = openDatabase(':memory:');
  people = new People(database);
  audit = new AuditLog(database);
  owners = [];
  failure = null;
  codes = new OwnerCodes({
    platform: 'telegram',
    makeOwner: async (platform, id, name) => {
      await Promise.resolve();
      if (failure) throw failure;
      owners.push(`${platform} ${id} ${name}`);
    },
    people,
    audit,
    clock,
  });
});

function issue(): string {
  codes.issue(owner);
  return codes.current ?? '';
}

describe('the code of a platform', () => {
  it('makes its first sender an admin, once, and the log says by whose code', async () => {
    const code = issue();
    expect(await codes.redeem(code, ada)).toBe(true);
    expect(owners).toEqual(['telegram 1 Ada']);
    expect(codes.current).toBeNull();
    expect(await codes.redeem(code, mallory)).toBe(false);
    expect(await codes.redeem(code, ada)).toBe(false);
    expect(owners).toHaveLength(1);
    expect(people.nameOf(ada.id)).toBe('Ada');
    expect(audit.list(9)).toMatchObject([
      { by: ada, action: 'owner_made', detail: 'console' },
      { by: { id: 'console' }, action: 'owner_code', detail: 'telegram' },
    ]);
    expect(JSON.stringify(audit.list(9))).not.toContain(code);
  });

  it('lets in only one of two people who send it at the same time', async () => {
    const code = issue();
    expect(await Promise.all([codes.redeem(code, ada), codes.redeem(code, mallory)])).toEqual([true, false]);
    expect(owners).toEqual(['telegram 1 Ada']);
  });

  it('works for a quarter of an hour, also if the system’s clock is set', async () => {
    const code = issue();
    clock.skip(OWNER_CODE_LIFETIME - 1);
    expect(codes.current).toBe(code);
    clock.skip(1);
    expect(codes.current).toBeNull();
    expect(await codes.redeem(code, ada)).toBe(false);
    expect(owners).toEqual([]);
  });

  it('is replaced by the next one', async () => {
    const [first, second] = [issue(), issue()];
    expect(second).not.toBe(first);
    expect(await codes.redeem(first, ada)).toBe(false);
    expect(await codes.redeem(second, ada)).toBe(true);
  });

  it('can be put into a deep link, and is told from other payloads', () => {
    expect(issue()).toMatch(/^[\w-]{30,64}$/);
    expect(isOwnerCode(issue())).toBe(true);
    for (const payload of ['', 'play_k123', 'search-b3duZXI', 'help'])
      expect(isOwnerCode(payload)).toBe(false);
  });

  it('takes five guesses of a person, who cannot spoil it for others', async () => {
    const code = issue();
    for (let guess = 0; guess < 5; guess++) expect(await codes.redeem(`owner_${guess}`, mallory)).toBe(false);
    expect(await codes.redeem(code, mallory)).toBe(false);
    expect(await codes.redeem(code, ada)).toBe(true);
  });

  it('forgives guesses with the next code', async () => {
    issue();
    for (let guess = 0; guess < 5; guess++) await codes.redeem('owner_x', ada);
    expect(await codes.redeem(issue(), ada)).toBe(true);
  });

  it('stays valid if its sender could not become an admin, and then ends all the same', async () => {
    const code = issue();
    failure = new Error('the disk is full');
    await expect(codes.redeem(code, ada)).rejects.toThrow('the disk is full');
    expect(audit.list(9)).toHaveLength(1);
    failure = null;
    expect(await codes.redeem(code, ada)).toBe(true);
    expect(codes.current).toBeNull();
  });

  it('ends if others have seen it; another text ends nothing', async () => {
    const code = issue();
    codes.expose('owner_something', mallory);
    expect(codes.current).toBe(code);
    codes.expose(code, ada);
    expect(await codes.redeem(code, ada)).toBe(false);
  });

  it('ends with its bot, also while somebody uses it in vain', async () => {
    const code = issue();
    codes.end();
    expect(await codes.redeem(code, ada)).toBe(false);
    const next = issue();
    failure = new Error('the disk is full');
    const vain = codes.redeem(next, ada);
    codes.end();
    await expect(vain).rejects.toThrow('the disk is full');
    expect(codes.current).toBeNull();
  });

  it('made while the former one is used is not used up with it', async () => {
    const used = codes.redeem(issue(), ada);
    const next = issue();
    expect(await used).toBe(true);
    expect(codes.current).toBe(next);
  });
});

it('without a code nobody becomes an admin', async () => {
  for (const text of ['', 'owner_', 'owner_null']) expect(await codes.redeem(text, mallory)).toBe(false);
  expect(owners).toEqual([]);
});
