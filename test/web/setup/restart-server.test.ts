import { expect, it } from 'vitest';
import { restartServer } from '../../../src/web/setup/restart-server.ts';

/** A server that answers one after the other: an id, or an error where there is none. */
function aServer(...answers: readonly (string | null)[]) {
  const asked: string[] = [];
  let next = 0;
  return {
    asked,
    port: {
      restart: async () => void asked.push('restart'),
      instance: async () => {
        const answer = answers[Math.min(next, answers.length - 1)] ?? null;
        next += 1;
        asked.push(`health ${answer}`);
        if (answer === null) throw new Error('no answer');
        return answer;
      },
      pause: async () => undefined,
    },
  };
}

it('waits over a process that still answers and one that does not, until another one answers', async () => {
  const { port, asked } = aServer('old', 'old', null, null, 'new');
  await restartServer(port, () => asked.push('late'));
  expect(asked).toEqual(['health old', 'restart', 'health old', 'health null', 'health null', 'health new']);
});

it('says once that it takes long, and goes on waiting', async () => {
  const { port, asked } = aServer('old', ...Array.from({ length: 100 }, () => null), 'new');
  await restartServer(port, () => asked.push('late'));
  expect(asked.filter((each) => each === 'late')).toHaveLength(1);
  expect(asked.at(-1)).toBe('health new');
});

it('throws if the server refuses', async () => {
  const { port } = aServer('old');
  const refusing = { ...port, restart: () => Promise.reject(new Error('no')) };
  await expect(restartServer(refusing, () => undefined)).rejects.toThrow('no');
});
