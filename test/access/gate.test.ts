import { describe, expect, it } from 'vitest';
import { Gate, WATCH_PASS_LIFETIME } from '../../src/access/gate.ts';
import { Signer } from '../../src/access/signer.ts';

const clock = { time: 1_000_000, now: () => clock.time, monotonic: () => clock.time };

function createGate(viewerKey: string | null): Gate {
  const rules = { adminToken: 'the admin token', viewerKey, isPersonal: false };
  return new Gate(rules, new Signer('key', clock), clock);
}

describe('Gate', () => {
  it('lets everybody watch if no key is set', () => {
    const gate = createGate(null);
    expect(gate.mayWatch(undefined)).toBe(true);
    expect(gate.mayWatch('whatever')).toBe(true);
  });

  it('lets only holders of the key watch if one is set', () => {
    const gate = createGate('the-key');
    expect(gate.mayWatch('the-key')).toBe(true);
    for (const wrong of [undefined, '', 'the-ke', 'the-key ', 'THE-KEY'])
      expect(gate.mayWatch(wrong)).toBe(false);
  });

  it('accepts the admin token and nothing similar', () => {
    const gate = createGate(null);
    expect(gate.isAdminToken('the admin token')).toBe(true);
    for (const wrong of ['', 'the admin toke', 'The admin token'])
      expect(gate.isAdminToken(wrong)).toBe(false);
  });

  it('keeps a viewer’s id across renewals, and says when one is due', () => {
    const gate = createGate(null);
    const first = gate.issueWatchPass();
    const pass = gate.checkWatchPass(first);
    expect(pass).toMatchObject({ isOld: false });
    clock.time += WATCH_PASS_LIFETIME / 2 + 1;
    expect(gate.checkWatchPass(first)).toMatchObject({ viewerId: pass?.viewerId, isOld: true });
    const second = gate.issueWatchPass(pass?.viewerId);
    clock.time += WATCH_PASS_LIFETIME / 2;
    expect(gate.checkWatchPass(first)).toBeNull();
    expect(gate.checkWatchPass(second)).toMatchObject({ viewerId: pass?.viewerId });
    expect(gate.checkWatchPass(undefined)).toBeNull();
  });

  describe('after the rules have become stricter', () => {
    const MINUTE = 60_000;
    const tv = '192.168.1.9 VLC/3.0.21 LibVLC/3.0.21';

    it('lets those go on who were watching, and nobody else', () => {
      const gate = createGate('the-key');
      gate.keepWatching([tv]);
      expect(gate.goesOn(tv)).toBe(true);
      for (const other of ['192.168.1.10 VLC/3.0.21 LibVLC/3.0.21', '192.168.1.9 curl', '192.168.1.9 ', ''])
        expect(gate.goesOn(other)).toBe(false);
    });

    it('lets nobody go on who has paused', () => {
      const gate = createGate('the-key');
      gate.keepWatching([tv]);
      for (let minute = 0; minute < 10; minute++) {
        clock.time += MINUTE;
        expect(gate.goesOn(tv)).toBe(true);
      }
      clock.time += MINUTE + 1;
      expect([gate.goesOn(tv), gate.goesOn(tv)]).toEqual([false, false]);
    });

    it('lets nobody go on for ever, since another device may look like the one that was there', () => {
      const gate = createGate('the-key');
      gate.keepWatching([tv]);
      const watch = (minutes: number) => {
        for (let minute = 0; minute < minutes; minute++) {
          clock.time += MINUTE;
          if (!gate.goesOn(tv)) return false;
        }
        return true;
      };
      expect(watch(3 * 60)).toBe(true);
      // Made stricter once more, which gives nobody more time.
      gate.keepWatching([tv]);
      expect(watch(2 * 60)).toBe(false);
      expect(gate.goesOn(tv)).toBe(false);
    });

    it('keeps in mind a bounded number of viewers, the first ones', () => {
      const gate = createGate('the-key');
      gate.keepWatching([tv, ...Array.from({ length: 20_000 }, (_, at) => `192.168.1.66 invented ${at}`)]);
      expect(gate.goesOn(tv)).toBe(true);
      expect(gate.goesOn('192.168.1.66 invented 19999')).toBe(false);
      clock.time += 2 * MINUTE;
      gate.keepWatching(['192.168.1.7 a new one']);
      expect(gate.goesOn('192.168.1.7 a new one')).toBe(true);
    });
  });
});
