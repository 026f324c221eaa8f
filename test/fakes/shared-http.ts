import { afterAll, beforeAll } from 'vitest';
import { type FakeHttp, type FakeHttpOptions, startFakeHttp } from './http-context.ts';

/** One server for all tests of a describe that only read, since building its routes takes longer than most requests. */
export function shareHttp(options?: FakeHttpOptions): FakeHttp['app'] {
  let fake: FakeHttp;
  beforeAll(async () => {
    fake = await startFakeHttp(options);
  });
  afterAll(() => fake.stop());
  return { inject: (request) => fake.app.inject(request) };
}
