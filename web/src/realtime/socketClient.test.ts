import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerFrame } from '@/api/types';
import { ADA, entry, joined, ticket, welcome } from '@/testing/examples';
import { FakeWebSocket } from '@/testing/fakeWebSocket';
import { CommandRefused, ReplyLost } from './replies';
import { SocketClient, type SocketState } from './socketClient';

const TICKET = 5;

function start(options: { token?: string | null; tokens?: () => string | null; refresh?: () => Promise<string | null> } = {}) {
  const states: SocketState[] = [];
  const frames: ServerFrame[] = [];
  const onSessionEnded = vi.fn();
  const refresh = vi.fn(options.refresh ?? (() => Promise.resolve('fresh')));
  const client = new SocketClient({
    url: 'ws://desk/api/v1/ws',
    accessToken: options.tokens ?? (() => (options.token === undefined ? 'token' : options.token)),
    refresh,
    onState: (state) => states.push(state),
    onFrame: (frame) => frames.push(frame),
    onSessionEnded,
    WebSocket: FakeWebSocket as unknown as typeof WebSocket,
    random: () => 0.5,
  });
  const seqs = () => frames.flatMap((frame) => (frame.type === 'entry' ? [frame.seq] : []));
  return { client, states, frames, seqs, refresh, onSessionEnded };
}

/** Lets promises settle without letting time pass. */
const settled = () => vi.advanceTimersByTimeAsync(0);

async function connect(started: ReturnType<typeof start>) {
  started.client.start();
  await settled();
  FakeWebSocket.last.opens();
  FakeWebSocket.last.receives(welcome(Number(FakeWebSocket.last.lastSent('hello').id)));
}

function joinId(): number {
  return Number(FakeWebSocket.last.lastSent('ticket.join').id);
}

/** Connects and joins the ticket with these entries. */
async function connectAndJoin(started: ReturnType<typeof start>, head: number) {
  await connect(started);
  started.client.join(TICKET, head);
  FakeWebSocket.last.receives(joined(joinId(), [], { head }));
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeWebSocket.reset();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('opening', () => {
  it('asks for the subprotocol and says hello with the token', async () => {
    const { client } = start();
    client.start();
    await settled();
    expect(FakeWebSocket.last.protocol).toBe('deskwire.v1');
    FakeWebSocket.last.opens();
    expect(FakeWebSocket.last.sent).toEqual([{ id: 1, type: 'hello', token: 'token' }]);
    expect(client.state).toBe('connecting');
  });

  it('refreshes first when there is no token', async () => {
    const { client, refresh } = start({ token: null });
    client.start();
    await settled();
    FakeWebSocket.last.opens();
    expect(refresh).toHaveBeenCalledOnce();
    expect(FakeWebSocket.last.lastSent('hello').token).toBe('fresh');
  });

  it('ends the session when the refresh says that there is none', async () => {
    const { client, onSessionEnded } = start({ token: null, refresh: () => Promise.resolve(null) });
    client.start();
    await settled();
    expect(onSessionEnded).toHaveBeenCalledOnce();
    expect(client.state).toBe('stopped');
  });

  it('is live after the welcome', async () => {
    const started = start();
    await connect(started);
    expect(started.client.state).toBe('live');
    expect(started.frames.map(({ type }) => type)).toEqual(['welcome']);
  });

  it('gives up on a server that does not answer, and tries again', async () => {
    const started = start();
    started.client.start();
    await settled();
    FakeWebSocket.last.opens();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(FakeWebSocket.last.isClosedByClient).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(FakeWebSocket.opened).toHaveLength(2);
  });
});

describe('replies', () => {
  it('finds the command of each reply by its id', async () => {
    const { client, ...started } = start();
    await connect({ client, ...started });
    const first = client.request({ type: 'ticket.read', seq: 1 });
    const second = client.request({ type: 'ticket.read', seq: 2 });
    const [one, two] = FakeWebSocket.last.sent.slice(-2).map(({ id }) => Number(id));
    FakeWebSocket.last.receives({ type: 'ok', id: two ?? 0, result: { seq: 2, unread: 0 } });
    FakeWebSocket.last.receives({ type: 'ok', id: one ?? 0, result: { seq: 1, unread: 1 } });
    await expect(first).resolves.toEqual({ seq: 1, unread: 1 });
    await expect(second).resolves.toEqual({ seq: 2, unread: 0 });
  });

  it('rejects a refused command with its code', async () => {
    const started = start();
    await connect(started);
    const reply = started.client.request({ type: 'ticket.read', seq: 1 });
    const id = Number(FakeWebSocket.last.lastSent('ticket.read').id);
    const refusal = { type: 'error', id, code: 'not_joined', detail: '', retry_after_ms: null, missed: null } as const;
    FakeWebSocket.last.receives(refusal);
    await expect(reply).rejects.toBeInstanceOf(CommandRefused);
  });

  it('counts a reply as lost when the connection goes', async () => {
    const started = start();
    await connect(started);
    const reply = started.client.request({ type: 'ticket.read', seq: 1 });
    FakeWebSocket.last.closes(1006);
    await expect(reply).rejects.toBeInstanceOf(ReplyLost);
  });
});

describe('entries of the joined ticket', () => {
  it('come in order, once, whatever order they arrive in', async () => {
    const started = start();
    await connectAndJoin(started, 2);
    for (const seq of [3, 2, 3, 4]) FakeWebSocket.last.receives({ type: 'entry', ticket_id: TICKET, seq, entry: entry(seq) });
    expect(started.seqs()).toEqual([3, 4]);
  });

  it('wait while something before them is missing, and the missing is asked for', async () => {
    const started = start();
    await connectAndJoin(started, 2);
    FakeWebSocket.last.receives({ type: 'entry', ticket_id: TICKET, seq: 5, entry: entry(5) });
    expect(started.seqs()).toEqual([]);
    expect(FakeWebSocket.last.lastSent('ticket.join')).toMatchObject({ ticket_id: TICKET, after: 2 });
    expect(started.client.state).toBe('catching_up');

    FakeWebSocket.last.receives(joined(joinId(), [entry(3), entry(4)]));
    expect(started.seqs()).toEqual([5]);
    expect(started.client.state).toBe('live');
  });

  it('of another ticket are not passed on', async () => {
    const started = start();
    await connectAndJoin(started, 2);
    FakeWebSocket.last.receives({ type: 'entry', ticket_id: 99, seq: 3, entry: entry(3) });
    expect(started.seqs()).toEqual([]);
  });

  it('are asked for when a ping shows that the server is ahead', async () => {
    const started = start();
    await connectAndJoin(started, 2);
    const joins = () => FakeWebSocket.last.sent.filter(({ type }) => type === 'ticket.join').length;
    FakeWebSocket.last.receives({ type: 'ping', ticket_id: TICKET, head: 2 });
    expect(joins()).toBe(1);
    FakeWebSocket.last.receives({ type: 'ping', ticket_id: TICKET, head: 4 });
    expect(joins()).toBe(2);
    expect(FakeWebSocket.last.sent.filter(({ type }) => type === 'pong')).toHaveLength(2);
  });

  it('do not come from an answer to an earlier join', async () => {
    const started = start();
    await connect(started);
    started.client.join(TICKET, null);
    const stale = joinId();
    started.client.join(6, null);
    FakeWebSocket.last.receives(joined(stale, [entry(1)]));
    expect(started.frames.some(({ type }) => type === 'joined')).toBe(false);
    expect(started.client.isIn(TICKET)).toBe(false);
    FakeWebSocket.last.receives(joined(joinId(), [entry(1)], { ticket: ticket(6) }));
    expect(started.client.isIn(6)).toBe(true);
  });

  it('go on after a reconnect where they stopped', async () => {
    const started = start();
    await connectAndJoin(started, 2);
    FakeWebSocket.last.receives({ type: 'entry', ticket_id: TICKET, seq: 3, entry: entry(3) });
    FakeWebSocket.last.closes(4502);
    expect(started.client.state).toBe('connecting');
    await vi.advanceTimersByTimeAsync(20_000);
    FakeWebSocket.last.opens();
    const hello = FakeWebSocket.last.lastSent('hello');
    expect(hello).toMatchObject({ ticket_id: TICKET, after: 3 });
    FakeWebSocket.last.receives(welcome(Number(hello.id)));
    expect(started.client.state).toBe('catching_up');
    FakeWebSocket.last.receives(joined(Number(hello.id), [entry(4)]));
    expect(started.client.state).toBe('live');
    FakeWebSocket.last.receives({ type: 'entry', ticket_id: TICKET, seq: 5, entry: entry(5, { actor: ADA }) });
    expect(started.seqs()).toEqual([3, 5]);
  });

  it('are joined after the welcome when the ticket was opened in between', async () => {
    const started = start();
    started.client.start();
    await settled();
    FakeWebSocket.last.opens();
    started.client.join(TICKET, 2);
    expect(FakeWebSocket.last.sent.map(({ type }) => type)).toEqual(['hello']);
    FakeWebSocket.last.receives(welcome(1));
    expect(FakeWebSocket.last.lastSent('ticket.join')).toMatchObject({ ticket_id: TICKET, after: 2 });
  });
});

describe('coming back', () => {
  it('waits between half a second and twenty, longer each time', async () => {
    const started = start();
    started.client.start();
    await settled();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const before = Date.now();
      const count = FakeWebSocket.opened.length;
      FakeWebSocket.last.closes(4500);
      while (FakeWebSocket.opened.length === count) await vi.advanceTimersByTimeAsync(50);
      waits.push(Date.now() - before);
    }
    expect(waits[0]).toBeGreaterThanOrEqual(500);
    expect(waits.at(-1)).toBeLessThanOrEqual(20_000);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  });

  it('refreshes before it comes back from 4401', async () => {
    const started = start();
    await connect(started);
    FakeWebSocket.last.closes(4401);
    await settled();
    expect(started.refresh).toHaveBeenCalledOnce();
    FakeWebSocket.last.opens();
    expect(FakeWebSocket.last.lastSent('hello').token).toBe('fresh');
  });

  it('refreshes at once only for the first 4401 without a welcome', async () => {
    let token = 'token';
    const started = start({ tokens: () => token, refresh: () => Promise.resolve((token += '+')) });
    await connect(started);
    FakeWebSocket.last.closes(4401);
    await settled();
    expect(FakeWebSocket.opened).toHaveLength(2);

    FakeWebSocket.last.opens();
    FakeWebSocket.last.closes(4401);
    await vi.advanceTimersByTimeAsync(499);
    expect(FakeWebSocket.opened).toHaveLength(2);
    expect(started.refresh).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(501);
    expect(FakeWebSocket.opened).toHaveLength(3);
    expect(started.refresh).toHaveBeenCalledTimes(2);

    FakeWebSocket.last.opens();
    FakeWebSocket.last.receives(welcome(Number(FakeWebSocket.last.lastSent('hello').id)));
    FakeWebSocket.last.closes(4401);
    await settled();
    expect(FakeWebSocket.opened).toHaveLength(4);
  });

  it.each([4400, 4413])('does not come back after %i', async (code) => {
    const started = start();
    await connect(started);
    FakeWebSocket.last.closes(code);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeWebSocket.opened).toHaveLength(1);
    expect(started.client.state).toBe('stopped');
    expect(started.onSessionEnded).not.toHaveBeenCalled();
  });

  it('ends the session after 4403 when the server knows of no newer one', async () => {
    const started = start({ refresh: () => Promise.resolve(null) });
    await connect(started);
    FakeWebSocket.last.closes(4403);
    expect(started.onSessionEnded).not.toHaveBeenCalled();
    await settled();
    expect(started.refresh).toHaveBeenCalledOnce();
    expect(started.onSessionEnded).toHaveBeenCalledOnce();
    expect(started.client.state).toBe('stopped');
  });

  it('comes back after 4403 with the session of another tab that has signed in again', async () => {
    const started = start();
    await connect(started);
    FakeWebSocket.last.closes(4403);
    expect(started.client.state).toBe('connecting');
    await settled();
    FakeWebSocket.last.opens();
    expect(FakeWebSocket.last.lastSent('hello').token).toBe('fresh');
    expect(started.refresh).toHaveBeenCalledOnce();
    expect(started.onSessionEnded).not.toHaveBeenCalled();
  });

  it('asks the server after 4403, also when there is another token: it may be of the same session', async () => {
    let token = 'token';
    const started = start({ tokens: () => token, refresh: () => Promise.resolve(null) });
    await connect(started);
    token = 'renewed';
    FakeWebSocket.last.closes(4403);
    await settled();
    expect(started.refresh).toHaveBeenCalledOnce();
    expect(started.onSessionEnded).toHaveBeenCalledOnce();
  });

  it('does not hurry when the newer session gets a 4403 as well', async () => {
    const started = start();
    await connect(started);
    FakeWebSocket.last.closes(4403);
    await settled();
    FakeWebSocket.last.opens();
    FakeWebSocket.last.closes(4403);
    await vi.advanceTimersByTimeAsync(499);
    expect(FakeWebSocket.opened).toHaveLength(2);
    expect(started.refresh).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(501);
    expect(FakeWebSocket.opened).toHaveLength(3);
  });

  it('ends nothing after 4403 while the server cannot be asked, and asks again', async () => {
    const refresh = vi.fn().mockRejectedValueOnce(new Error('503')).mockResolvedValue('fresh');
    const started = start({ refresh });
    await connect(started);
    FakeWebSocket.last.closes(4403);
    await settled();
    expect(started.onSessionEnded).not.toHaveBeenCalled();
    expect(started.client.state).toBe('connecting');
    await vi.advanceTimersByTimeAsync(1_000);
    FakeWebSocket.last.opens();
    expect(FakeWebSocket.last.lastSent('hello').token).toBe('fresh');
  });

  it('is silent about a 4403 that comes with the own sign-out', async () => {
    let answer: (token: string | null) => void = () => undefined;
    const refresh = () => new Promise<string | null>((resolve) => (answer = resolve));
    const started = start({ refresh });
    await connect(started);
    FakeWebSocket.last.closes(4403);
    started.client.stop();
    answer(null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(started.onSessionEnded).not.toHaveBeenCalled();
    expect(FakeWebSocket.opened).toHaveLength(1);
  });

  it('asks whether the session still stands after handshakes that fail', async () => {
    const started = start({ refresh: () => Promise.resolve(null) });
    started.client.start();
    await settled();
    FakeWebSocket.last.closes(1006);
    await vi.advanceTimersByTimeAsync(20_000);
    FakeWebSocket.last.closes(1006);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(started.onSessionEnded).toHaveBeenCalledOnce();
  });

  it('goes on trying while the server cannot be asked for a token', async () => {
    let isDown = true;
    const started = start({
      token: null,
      refresh: () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve('late')),
    });
    started.client.start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(FakeWebSocket.opened).toHaveLength(0);
    isDown = false;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(FakeWebSocket.opened).toHaveLength(1);
  });

  it('leaves a draining server when that says so', async () => {
    const started = start();
    await connect(started);
    FakeWebSocket.last.receives({ type: 'draining', retry_after_ms: 3_000 });
    FakeWebSocket.last.closes(4501);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(FakeWebSocket.opened).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(FakeWebSocket.opened).toHaveLength(2);
  });

  it('notices silence', async () => {
    const started = start();
    await connect(started);
    const first = FakeWebSocket.last;
    await vi.advanceTimersByTimeAsync(34_000);
    first.receives({ type: 'ping', ticket_id: null, head: null });
    await vi.advanceTimersByTimeAsync(34_000);
    expect(started.client.state).toBe('live');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(started.client.state).toBe('connecting');
    expect(first.isClosedByClient).toBe(true);
  });

  it('tries at once when the network is back', async () => {
    const started = start();
    await connect(started);
    started.client.networkLost();
    expect(started.client.state).toBe('offline');
    started.client.networkBack();
    await settled();
    expect(FakeWebSocket.opened).toHaveLength(2);
    expect(started.client.state).toBe('connecting');
  });

  it('stops when it is told to', async () => {
    const started = start();
    await connect(started);
    started.client.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeWebSocket.opened).toHaveLength(1);
  });
});

describe('the token', () => {
  it('is renewed before it runs out', async () => {
    const started = start();
    await connect(started);
    FakeWebSocket.last.receives({ type: 'auth.expiring', expires_at: '2026-01-31T09:20:00.000000Z' });
    await settled();
    expect(FakeWebSocket.last.lastSent('auth')).toMatchObject({ token: 'fresh' });
  });

  it('is the one that another tab has brought, before it runs out', async () => {
    let token = 'token';
    const started = start({ tokens: () => token });
    await connect(started);
    token = 'from-another-tab';
    FakeWebSocket.last.receives({ type: 'auth.expiring', expires_at: '2026-01-31T09:20:00.000000Z' });
    await settled();
    expect(FakeWebSocket.last.lastSent('auth').token).toBe('from-another-tab');
    expect(started.refresh).not.toHaveBeenCalled();
  });

  it('is the one that another tab has brought, after it ran out', async () => {
    let token = 'token';
    const started = start({ tokens: () => token });
    await connect(started);
    token = 'from-another-tab';
    FakeWebSocket.last.closes(4401);
    await settled();
    FakeWebSocket.last.opens();
    expect(FakeWebSocket.last.lastSent('hello').token).toBe('from-another-tab');
    expect(started.refresh).not.toHaveBeenCalled();
  });

  it('is asked for again when the one of another tab is refused as well', async () => {
    let token = 'token';
    const started = start({ tokens: () => token });
    await connect(started);
    token = 'from-another-tab';
    FakeWebSocket.last.closes(4401);
    await settled();
    FakeWebSocket.last.opens();
    FakeWebSocket.last.closes(4401);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(started.refresh).toHaveBeenCalledOnce();
  });

  it('that the server cannot renew now ends nothing, and is asked for again', async () => {
    const refresh = vi.fn().mockRejectedValueOnce(new Error('503')).mockResolvedValue('fresh');
    const started = start({ refresh });
    await connect(started);
    FakeWebSocket.last.receives({ type: 'auth.expiring', expires_at: '2026-01-31T09:20:00.000000Z' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(started.onSessionEnded).not.toHaveBeenCalled();
    expect(FakeWebSocket.last.lastSent('auth')).toMatchObject({ token: 'fresh' });
  });

  it('ends the session when it cannot be renewed any more', async () => {
    const started = start({ refresh: () => Promise.resolve(null) });
    await connect(started);
    FakeWebSocket.last.receives({ type: 'auth.expiring', expires_at: '2026-01-31T09:20:00.000000Z' });
    await settled();
    expect(started.onSessionEnded).toHaveBeenCalledOnce();
  });
});

it('passes on frames of types that it does not know, for others to ignore', async () => {
  const started = start();
  await connect(started);
  expect(() => FakeWebSocket.last.receives({ type: 'of.a.later.version' })).not.toThrow();
});
