import { z } from 'zod';

/** Every error answer: a code for programs, a sentence for people. */
export const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) }).meta({
  id: 'Error',
  example: { error: { code: 'not_found', message: 'There is nothing at this address.' } },
});
