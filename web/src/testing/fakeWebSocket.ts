// A WebSocket under the test's control.
import type { ServerFrame } from '@/api/types';

export class FakeWebSocket {
  static opened: FakeWebSocket[] = [];

  static reset(): void {
    FakeWebSocket.opened = [];
  }

  /** The socket that was opened last. */
  static get last(): FakeWebSocket {
    const socket = FakeWebSocket.opened.at(-1);
    if (!socket) throw new Error('No socket was opened');
    return socket;
  }

  readonly url: string;
  readonly protocol: string;
  readyState = 0;
  isClosedByClient = false;
  readonly sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(url: string, protocol: string) {
    this.url = url;
    this.protocol = protocol;
    FakeWebSocket.opened.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.readyState = 3;
    this.isClosedByClient = true;
  }

  /** The frame of this type that was sent last. */
  lastSent(type: string): Record<string, unknown> {
    const frame = this.sent.findLast((sent) => sent.type === type);
    if (!frame) throw new Error(`No ${type} was sent`);
    return frame;
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  receives(frame: ServerFrame | { type: string }): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  closes(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}
