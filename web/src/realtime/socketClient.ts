// The socket's client side, without any framework: it connects, comes back, and gives every entry once and in order.
import type { Command, FrameOf, ServerFrame } from '@/api/types';
import { reconnectDelay } from './backoff';
import { verdictOn } from './closeCodes';
import { JoinedTicket } from './joinedTicket';
import { Replies, ReplyLost } from './replies';

export type SocketState =
  | 'connecting'
  /** Connected; what was missed is on its way. */
  | 'catching_up'
  | 'live'
  /** The device says that it has no network. Attempts go on. */
  | 'offline'
  /** Stopped for good. */
  | 'stopped';

export interface SocketOptions {
  url: string;
  accessToken: () => string | null;
  /** Resolves to null when signed out; rejects when the server cannot be asked. */
  refresh: () => Promise<string | null>;
  onState: (state: SocketState) => void;
  /** Everything but replies. `entry` frames come without gaps and without repetition. */
  onFrame: (frame: ServerFrame) => void;
  onSessionEnded: () => void;
  WebSocket?: typeof WebSocket;
  random?: () => number;
}

const SUBPROTOCOL = 'deskwire.v1';
/** The connection must be open and answered within this time. */
const WELCOME_WITHIN_MS = 10_000;
/** Until the server says otherwise. */
const HEARTBEAT_S = 25;
const HEARTBEAT_GRACE_MS = 10_000;
/** A connection that held for this long starts the delays from the beginning. */
const STABLE_AFTER_MS = 10_000;
/** Before asking for a token again when the server could not be reached. */
const ASK_AGAIN_MS = 3_000;

export class SocketClient {
  readonly #options: SocketOptions;
  readonly #replies = new Replies();
  readonly #ticket = new JoinedTicket({
    post: (command) => (this.#welcomedAt === null ? null : this.#post(command)),
    deliver: (frame) => this.#options.onFrame(frame),
  });
  #socket: WebSocket | null = null;
  #running = false;
  #online = true;
  #welcomedAt: number | null = null;
  #silenceMs = HEARTBEAT_S * 1000 + HEARTBEAT_GRACE_MS;
  #heardAt = 0;
  #nextId = 1;
  #opening = false;
  #attempt = 0;
  #failedHandshakes = 0;
  #retryAfterMs: number | null = null;
  /** What to ask about before connecting: for another token any tab will do, of the session only the server knows. */
  #doubt: 'token' | 'session' | null = null;
  /** Since the last welcome. */
  #isRefused = false;
  /** What the server has from us. */
  #token: string | null = null;
  #state: SocketState = 'connecting';
  #reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  #silenceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SocketOptions) {
    this.#options = options;
  }

  get state(): SocketState {
    return this.#state;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#publishState();
    void this.#open();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#reconnectTimer);
    this.#drop();
    this.#publishState();
  }

  /** Enters a ticket, leaving the one before. `after`: the latest seq that the caller has, if it has any. */
  join(ticketId: number, after: number | null): void {
    this.#ticket.enter(ticketId, after);
    this.#publishState();
  }

  leave(ticketId: number): void {
    this.#ticket.leave(ticketId);
    this.#publishState();
  }

  /** Whether commands about this ticket can be sent now. */
  isIn(ticketId: number): boolean {
    return this.#welcomedAt !== null && this.#ticket.isIn(ticketId);
  }

  /** Sends a command and resolves with its result. Rejects with CommandRefused or ReplyLost. */
  request(command: Command): Promise<FrameOf<'ok'>['result']> {
    if (this.#welcomedAt === null) return Promise.reject(new ReplyLost('Not connected'));
    const id = this.#post(command);
    return this.#replies.waitFor(id);
  }

  typing(): void {
    if (this.#welcomedAt !== null && this.#ticket.isInside) this.#send({ type: 'typing' });
  }

  /** The device says that the network is back. */
  networkBack(): void {
    this.#online = true;
    this.wake();
  }

  /** Somebody looks again: do not wait for the next attempt. */
  wake(): void {
    const asleep = this.#welcomedAt !== null && Date.now() - this.#heardAt > this.#silenceMs;
    if (asleep) this.#lose();
    if (this.#running && !this.#socket) {
      this.#attempt = 0;
      clearTimeout(this.#reconnectTimer);
      void this.#open();
    }
    this.#publishState();
  }

  /** The device says that the network is gone: what is open will not recover. */
  networkLost(): void {
    this.#online = false;
    if (this.#socket) this.#lose();
    this.#publishState();
  }

  async #open(): Promise<void> {
    if (this.#opening || this.#socket || !this.#running) return;
    this.#opening = true;
    try {
      const token = await this.#tokenToOpenWith();
      if (!this.#running) return;
      if (token === null) this.#endSession();
      else this.#connect(token);
    } catch {
      this.#scheduleReconnect();
    } finally {
      this.#opening = false;
    }
  }

  async #tokenToOpenWith(): Promise<string | null> {
    const current = this.#options.accessToken();
    if (current !== null && this.#doubt === null) return current;
    const token = await (this.#doubt === 'session' ? this.#options.refresh() : this.#newToken());
    this.#doubt = null;
    this.#failedHandshakes = 0;
    return token;
  }

  /** Another tab may have brought one already; then nobody need refresh again. */
  async #newToken(): Promise<string | null> {
    const current = this.#options.accessToken();
    return current !== null && current !== this.#token ? current : this.#options.refresh();
  }

  #connect(token: string): void {
    const Socket = this.#options.WebSocket ?? WebSocket;
    const socket = new Socket(this.#options.url, SUBPROTOCOL);
    this.#socket = socket;
    this.#watchSilence(WELCOME_WITHIN_MS);
    let opened = false;
    socket.onopen = () => {
      opened = true;
      this.#failedHandshakes = 0;
      this.#token = token;
      this.#ticket.helloSent(this.#post({ type: 'hello', token, ...this.#ticket.place() }));
    };
    socket.onmessage = ({ data }) => this.#receive(String(data));
    socket.onclose = ({ code }) => {
      if (!opened) this.#handshakeFailed();
      this.#closed(code);
    };
  }

  /** A browser does not tell why; after two failures ask whether the session still stands. */
  #handshakeFailed(): void {
    this.#failedHandshakes += 1;
    if (this.#failedHandshakes >= 2) this.#doubt = 'session';
  }

  #receive(text: string): void {
    this.#heardAt = Date.now();
    this.#watchSilence(this.#welcomedAt === null ? WELCOME_WITHIN_MS : this.#silenceMs);
    this.#handle(JSON.parse(text) as ServerFrame);
    this.#publishState();
  }

  #handle(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        return this.#welcome(frame);
      case 'ok':
        return void this.#replies.settle(frame);
      case 'error':
        if (!this.#replies.settle(frame)) this.#ticket.refused(frame);
        return undefined;
      case 'joined':
        return this.#ticket.joined(frame);
      case 'entry':
        return this.#ticket.entry(frame);
      case 'ping':
        this.#send({ type: 'pong' });
        return this.#ticket.ping(frame);
      case 'auth.expiring':
        return void this.#renew();
      case 'draining':
        this.#retryAfterMs = frame.retry_after_ms;
        return undefined;
      default:
        return this.#options.onFrame(frame);
    }
  }

  #welcome(frame: FrameOf<'welcome'>): void {
    this.#welcomedAt = Date.now();
    this.#isRefused = false;
    this.#silenceMs = frame.heartbeat_s * 1000 + HEARTBEAT_GRACE_MS;
    this.#watchSilence(this.#silenceMs);
    this.#ticket.welcomed();
    this.#publishState();
    this.#options.onFrame(frame);
  }

  async #renew(): Promise<void> {
    const socket = this.#socket;
    try {
      const token = await this.#newToken();
      if (socket !== this.#socket || !this.#running) return;
      if (token === null) return this.#endSession();
      this.#token = token;
      this.#post({ type: 'auth', token });
    } catch {
      // The server will close with 4401 if nothing comes; until then ask again.
      setTimeout(() => {
        if (socket === this.#socket && this.#welcomedAt !== null) void this.#renew();
      }, ASK_AGAIN_MS);
    }
  }

  #closed(code: number): void {
    const retryAfterMs = this.#retryAfterMs;
    this.#forget();
    const verdict = verdictOn(code);
    if (verdict === 'refused') return this.stop();
    if (verdict === 'return') this.#scheduleReconnect(retryAfterMs);
    else this.#comeBackInDoubt(verdict === 'ended' ? 'session' : 'token');
    return this.#publishState();
  }

  /** At once, but not again and again. */
  #comeBackInDoubt(about: 'token' | 'session'): void {
    const isAgain = this.#isRefused;
    this.#isRefused = true;
    this.#doubt = about;
    if (isAgain) this.#scheduleReconnect();
    else void this.#open();
  }

  /** Gives a connection up that no longer works. */
  #lose(): void {
    this.#drop();
    this.#scheduleReconnect();
    this.#publishState();
  }

  #scheduleReconnect(afterMs: number | null = null): void {
    if (!this.#running) return;
    clearTimeout(this.#reconnectTimer);
    const delay = afterMs ?? reconnectDelay(this.#attempt, this.#options.random ?? Math.random);
    this.#attempt += 1;
    this.#reconnectTimer = setTimeout(() => void this.#open(), delay);
  }

  #endSession(): void {
    this.stop();
    this.#options.onSessionEnded();
  }

  /** Closes the socket without waiting for the other side, which may not be there. */
  #drop(): void {
    const socket = this.#socket;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    this.#forget();
  }

  #forget(): void {
    if (this.#welcomedAt !== null && Date.now() - this.#welcomedAt > STABLE_AFTER_MS) this.#attempt = 0;
    this.#socket = null;
    this.#welcomedAt = null;
    this.#retryAfterMs = null;
    this.#ticket.lost();
    clearTimeout(this.#silenceTimer);
    this.#replies.loseAll();
  }

  #watchSilence(withinMs: number): void {
    clearTimeout(this.#silenceTimer);
    this.#silenceTimer = setTimeout(() => this.#lose(), withinMs);
  }

  /** Sends a command that has a reply, and returns its id. */
  #post(command: Command): number {
    const id = this.#nextId++;
    this.#send({ id, ...command });
    return id;
  }

  #send(frame: Command & { id?: number }): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(frame));
  }

  #publishState(): void {
    const state = this.#currentState();
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #currentState(): SocketState {
    if (!this.#running) return 'stopped';
    if (this.#welcomedAt === null) return this.#online ? 'connecting' : 'offline';
    return this.#ticket.isJoining ? 'catching_up' : 'live';
  }
}
