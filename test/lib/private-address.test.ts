import { describe, expect, it } from 'vitest';
import {
  isMetadataAddress,
  isPrivateAddress,
  isReachableFromOutside,
  shareNetwork,
} from '../../src/lib/private-address.ts';

describe('isPrivateAddress', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'localhost',
    '',
  ])('returns true for %s', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.128.0.1',
    '172.32.0.1',
    '192.0.2.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '64:ff9b::808:808',
  ])('returns false for %s', (address) => expect(isPrivateAddress(address)).toBe(false));
});

describe('isReachableFromOutside', () => {
  it.each([
    ['tv.example.org', true],
    ['1.1.1.1', true],
    ['[2606:4700::1111]', true],
    ['192.168.1.5', false],
    ['[::1]', false],
    ['localhost', false],
    ['zapette', false],
    ['zapette.local', false],
    ['tv.fritz.lan', false],
    ['nas.home.arpa', false],
  ])('returns for %s: %s', (hostname, is) => expect(isReachableFromOutside(hostname)).toBe(is));
});

describe('shareNetwork', () => {
  it.each([
    ['127.0.0.1', '127.8.9.10', true],
    ['127.0.0.1', '::1', true],
    ['127.0.0.1', '::ffff:127.0.0.1', true],
    ['192.168.1.5', '192.168.99.6', true],
    ['192.168.1.5', '64:ff9b::c0a8:6306', true],
    ['fd12::1', 'fd00:1::2', true],
    ['fe80::1', 'fe80::2%eth0', true],
    ['192.168.1.5', '10.0.0.1', false],
    ['192.168.1.5', '127.0.0.1', false],
    ['192.168.1.5', '0.0.0.0', false],
    ['fd12::1', 'fe80::1', false],
    ['8.8.8.8', '8.8.8.8', false],
    ['0.0.0.0', '0.0.0.0', false],
    ['localhost', 'localhost', false],
  ])('returns for %s and %s: %s', (one, other, is) => {
    expect([shareNetwork(one, other), shareNetwork(other, one)]).toEqual([is, is]);
  });
});

describe('isMetadataAddress', () => {
  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fd00:ec2::254',
    '100.100.100.200',
  ])('recognises %s', (address) => expect(isMetadataAddress(address)).toBe(true));

  it('does not match neighbouring addresses', () => {
    for (const address of ['169.254.1.1', '100.100.100.201', 'fd00:1::254', 'x'])
      expect(isMetadataAddress(address)).toBe(false);
  });
});
