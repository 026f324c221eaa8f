import { describe, expect, it } from 'vitest';
import { isPrivateAddress, isReachableFromOutside } from '../../src/lib/private-address.ts';

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
    'ff02::1',
    'localhost',
    '',
  ])('says that %s is private', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.128.0.1',
    '172.32.0.1',
    '192.0.2.1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('says that %s is not private', (address) => expect(isPrivateAddress(address)).toBe(false));
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
  ])('says of %s: %s', (hostname, is) => expect(isReachableFromOutside(hostname)).toBe(is));
});
