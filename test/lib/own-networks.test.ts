import { describe, expect, it } from 'vitest';
import { isOwnNetwork } from '../../src/lib/own-networks.ts';

const interfaces = [
  { family: 'IPv4', address: '203.0.113.7', cidr: '203.0.113.7/24' },
  { family: 'IPv6', address: '2001:db8:1:2::7', cidr: '2001:db8:1:2::7/64' },
  { family: 'IPv6', address: '2001:db8:9:9::7', cidr: '2001:db8:9:9::7/128' },
] as const;

describe('isNear', () => {
  it.each([
    ['203.0.113.7', true],
    ['203.0.113.8', false],
    ['2001:db8:1:2::7', true],
    ['2001:DB8:1:2:aaaa::1', true],
    ['2001:db8:1:3::7', false],
    ['2001:db8:9:9::7', true],
    ['2001:db8:9:9::8', false],
    ['1.1.1.1', false],
  ])('tells for %s whether it belongs to this machine or its IPv6 network: %s', (address, is) =>
    expect(isOwnNetwork(address, interfaces)).toBe(is),
  );

  it('accepts the loopback address on any machine', () => expect(isOwnNetwork('127.0.0.1')).toBe(true));
});
