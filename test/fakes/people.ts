import type { Asker, Role } from '../../src/domain/actor.ts';
import type { FakeHttp } from './http-context.ts';

/** Logs a person in with a browser and returns the headers that it sends from then on. */
export function logIn(fake: FakeHttp, role: Role, person: Asker = { id: `discord:${role}`, name: role }) {
  const { sessions } = fake.context;
  const { token } = sessions.logIn(sessions.issueLink({ ...person, role }), 'Firefox');
  return { cookie: `zapette_session=${token}` };
}
