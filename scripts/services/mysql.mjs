// The MySQL service: MariaDB or MySQL, tuned for throwaway data.
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, runProgram } from '../machine/programs.mjs';
import { mysqlGreets } from './greeting.mjs';
import { startServer } from './server.mjs';

const USER = 'deskwire';
/** Made beforehand, so that Deskwire itself can be pointed at the server during development. */
const DATABASE = 'deskwire';

/** Nothing waits for the disk, yet killing the server alone loses no commit. */
const SETTINGS = [
  '--skip-log-bin',
  '--skip-name-resolve',
  '--performance-schema=OFF',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-doublewrite=OFF',
  '--innodb-use-native-aio=OFF',
  '--innodb-buffer-pool-size=256M',
  '--max-connections=1000',
  '--table-open-cache=2000',
];
/** Known to MySQL only: no second listener, and no folder that a package would have made. */
const MYSQL_SETTINGS = ['--mysqlx=OFF', '--secure-file-priv=NULL'];

export const mysql = {
  name: 'MySQL',
  variable: 'TEST_DATABASE_URL',
  programs: ['mariadbd', 'mysqld'],
  debianPackage: 'mariadb-server',

  /** Starts an installed server in `folder`. */
  async start({ program, folder, signal }) {
    const password = randomBytes(18).toString('base64url');
    const version = await runProgram(program, ['--version'], { signal });
    const isMariaDb = version.includes('MariaDB');
    const data = join(folder, 'mysql');
    const init = join(folder, 'mysql-init.sql');

    await mkdir(data);
    await writeFile(init, initStatements(password));
    await initialise({ program, isMariaDb, data, signal });
    const { port, stop } = await startServer({
      program,
      argumentsFor: (port) => [
        ...commonArguments(data),
        ...SETTINGS,
        ...(isMariaDb ? [] : MYSQL_SETTINGS),
        '--bind-address=127.0.0.1',
        `--port=${port}`,
        `--socket=${join(folder, 'mysql.sock')}`,
        `--pid-file=${join(folder, 'mysql.pid')}`,
        `--init-file=${init}`,
      ],
      answers: mysqlGreets,
      log: join(folder, 'mysql.log'),
      signal,
    });
    const number = version.match(/Ver ([\d.]+)/)?.[1];
    return { url: urlOf(USER, password, port), origin: `${program} ${number}`, stop };
  },

  /** How to run the same in a container. */
  container() {
    const password = randomBytes(18).toString('base64url');
    return {
      image: 'mariadb:10.11',
      port: 3306,
      environment: { MARIADB_ROOT_PASSWORD: password, MARIADB_DATABASE: DATABASE },
      command: SETTINGS,
      answers: mysqlGreets,
      url: (port) => urlOf('root', password, port),
    };
  },
};

/** Fills the empty data folder with the server's own tables. */
async function initialise({ program, isMariaDb, data, signal }) {
  if (!isMariaDb) {
    await runProgram(program, [...commonArguments(data), '--initialize-insecure'], { signal });
    return;
  }
  const installer = findProgram('mariadb-install-db', 'mysql_install_db');
  if (!installer) {
    throw new Error(`Found ${program} but not mariadb-install-db, which prepares its data folder.`);
  }
  const options = ['--auth-root-authentication-method=normal', '--skip-test-db'];
  await runProgram(installer, [...commonArguments(data), ...options], { signal });
}

/** `--no-defaults` must come first: the settings of an installed server are not ours. */
function commonArguments(data) {
  const root = process.getuid() === 0 ? ['--user=root'] : [];
  return ['--no-defaults', `--datadir=${data}`, ...root];
}

/** The server runs each line before it accepts its first connection. */
function initStatements(password) {
  const accounts = ['%', 'localhost'].map((host) => `'${USER}'@'${host}'`);
  return [
    ...accounts.map((account) => `CREATE USER ${account} IDENTIFIED BY '${password}';`),
    ...accounts.map((account) => `GRANT ALL PRIVILEGES ON *.* TO ${account} WITH GRANT OPTION;`),
    `CREATE DATABASE ${DATABASE};`,
    '',
  ].join('\n');
}

function urlOf(user, password, port) {
  return `mysql://${user}:${password}@127.0.0.1:${port}`;
}
