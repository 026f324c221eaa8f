import { testNewOwner } from './new-owner-set-up.ts';

testNewOwner('mouse');
