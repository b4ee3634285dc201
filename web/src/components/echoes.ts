// Tells what was sent, and comes back later, from what has changed by itself.

export interface Echoes {
  send: (value: string) => void;
  /** Whether this is an echo. What was sent before it was overtaken, and will not come any more. */
  isEcho: (value: string) => boolean;
}

export function createEchoes(): Echoes {
  let sent: string[] = [];
  return {
    send: (value) => void sent.push(value),
    isEcho(value) {
      const at = sent.indexOf(value);
      sent = at === -1 ? [] : sent.slice(at + 1);
      return at !== -1;
    },
  };
}
