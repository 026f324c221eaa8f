import { testNewOwner } from './new-owner-set-up.ts';

testNewOwner('touch', 'keyboard');
