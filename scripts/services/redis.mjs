// The Redis service: Redis or Valkey, which keeps nothing on disk.
import { join } from 'node:path';
import { runProgram } from '../machine/programs.mjs';
import { redisAnswers } from './greeting.mjs';
import { startServer } from './server.mjs';

const SETTINGS = ['--save', '', '--appendonly', 'no'];
const LOCAL_ONLY = ['--bind', '127.0.0.1'];

export const redis = {
  name: 'Redis',
  variable: 'TEST_REDIS_URL',
  programs: ['redis-server', 'valkey-server'],
  debianPackage: 'redis-server',

  /** Starts an installed server in `folder`. */
  async start({ program, folder, signal }) {
    const version = await runProgram(program, ['--version'], { signal });
    const { port, stop } = await startServer({
      program,
      argumentsFor: (port) => [...SETTINGS, ...LOCAL_ONLY, '--dir', folder, '--port', `${port}`],
      answers: redisAnswers,
      log: join(folder, 'redis.log'),
      signal,
    });
    const number = version.match(/v=([\d.]+)/)?.[1];
    return { url: urlOf(port), origin: `${program} ${number}`, stop };
  },

  /** How to run the same in a container. */
  container() {
    return {
      image: 'redis:7',
      port: 6379,
      environment: {},
      command: ['redis-server', ...SETTINGS],
      answers: redisAnswers,
      url: urlOf,
    };
  },
};

function urlOf(port) {
  return `redis://127.0.0.1:${port}`;
}
