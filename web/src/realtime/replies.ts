// Commands that wait for their reply.
import type { Entry, ErrorCode, FrameOf } from '@/api/types';

type Result = FrameOf<'ok'>['result'];

/** The server refused a command. */
export class CommandRefused extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | null;
  readonly missed: Entry[] | null;

  constructor({ code, detail, retry_after_ms, missed }: FrameOf<'error'>) {
    super(detail);
    this.code = code;
    this.retryAfterMs = retry_after_ms ?? null;
    this.missed = missed ?? null;
  }
}

/** The connection went before the reply came: whether the command was carried out is not known. */
export class ReplyLost extends Error {}

/** A reply that takes longer than this counts as lost. */
const PATIENCE_MS = 15_000;

interface Waiting {
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
  timer: ReturnType<typeof setTimeout>;
}

export class Replies {
  readonly #waiting = new Map<number, Waiting>();

  waitFor(id: number): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new ReplyLost('No reply in time'));
      }, PATIENCE_MS);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  /** Hands a reply to whoever waits for it; false when nobody does. */
  settle(frame: FrameOf<'ok'> | FrameOf<'error'>): boolean {
    const waiting = frame.id == null ? undefined : this.#waiting.get(frame.id);
    if (frame.id == null || !waiting) return false;
    this.#waiting.delete(frame.id);
    clearTimeout(waiting.timer);
    if (frame.type === 'ok') waiting.resolve(frame.result);
    else waiting.reject(new CommandRefused(frame));
    return true;
  }

  loseAll(): void {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new ReplyLost('The connection is gone'));
    }
    this.#waiting.clear();
  }
}
