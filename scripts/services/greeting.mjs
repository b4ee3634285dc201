// Asks a server over TCP whether it is ready, in the first bytes of its own protocol.
import { connect } from 'node:net';

const ANSWER_LIMIT_MS = 1000;

/** Whether a MySQL or MariaDB server on this port greets us: it does so once it accepts logins. */
export async function mysqlGreets(port) {
  const PROTOCOL_VERSION = 10;
  const greeting = await firstAnswer(port, '');
  // Four bytes of packet header, then the protocol version (0xff would be an error).
  return greeting?.[4] === PROTOCOL_VERSION;
}

/** Whether a Redis server on this port answers PING. */
export async function redisAnswers(port) {
  const answer = await firstAnswer(port, 'PING\r\n');
  return answer?.toString() === '+PONG\r\n';
}

/** Sends a request and returns the first bytes of the answer, or null without one. */
function firstAnswer(port, request) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_LIMIT_MS, () => finish(null));
    socket.once('error', () => finish(null));
    socket.once('close', () => finish(null));
    socket.once('data', finish);
    socket.write(request);
  });
}
