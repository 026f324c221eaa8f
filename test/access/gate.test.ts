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
});
