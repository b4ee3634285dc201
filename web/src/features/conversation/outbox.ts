// Messages on their way: written here, not yet seen in the timeline.
import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Failure } from '@/api/failure';
import { newClientId } from '@/api/clientId';
import { signedOut } from '@/api/sessionSlice';
import type { Entry, MessageKind } from '@/api/types';
import { connected } from '@/realtime/events';

export interface OutgoingMessage {
  clientId: string;
  ticketId: number;
  kind: MessageKind;
  body: string;
  writtenAt: string;
  /** What the author had on the screen: the server refuses it when others have written since. Null: goes out anyhow. */
  seenSeq: number | null;
  state:
    | 'queued'
    | 'sending'
    /** There was no connection; sent again when it is back. */
    | 'waiting'
    /** Acknowledged; its entry is on its way. */
    | 'sent'
    | 'failed';
  reason: Failure['code'] | null;
  /** What others did meanwhile, when it was refused for that. */
  missed: Entry[];
}

interface Outbox {
  messages: OutgoingMessage[];
}

type Written = Pick<OutgoingMessage, 'ticketId' | 'kind' | 'body' | 'seenSeq'>;
type Refusal = { clientId: string; reason: Failure['code']; missed: Entry[] };
type ByClientId = PayloadAction<string>;

const outboxSlice = createSlice({
  name: 'outbox',
  initialState: { messages: [] } as Outbox,
  reducers: {
    messageWritten: {
      prepare: (message: Written) => ({
        payload: { ...message, clientId: newClientId(), writtenAt: new Date().toISOString() },
      }),
      reducer: (outbox, { payload }: PayloadAction<Written & Pick<OutgoingMessage, 'clientId' | 'writtenAt'>>) => {
        outbox.messages.push({ ...payload, state: 'queued', reason: null, missed: [] });
      },
    },
    /** Messages that were left behind by an earlier life of this page, or by another tab. */
    outboxRestored: (outbox, { payload }: PayloadAction<OutgoingMessage[]>) => {
      const known = new Set(outbox.messages.map(({ clientId }) => clientId));
      const left = payload.filter(({ clientId }) => !known.has(clientId));
      if (left.length === 0) return;
      outbox.messages.push(
        ...left.map((message) => (message.state === 'failed' ? message : { ...message, state: 'queued' as const })),
      );
      outbox.messages.sort((a, b) => a.writtenAt.localeCompare(b.writtenAt));
    },
    sendingStarted: (outbox, { payload }: ByClientId) => set(outbox, payload, { state: 'sending' }),
    sendingPostponed: (outbox, { payload }: ByClientId) => set(outbox, payload, { state: 'waiting' }),
    messageSent: (outbox, { payload }: ByClientId) => set(outbox, payload, { state: 'sent' }),
    messageRefused: (outbox, { payload: { clientId, reason, missed } }: PayloadAction<Refusal>) =>
      set(outbox, clientId, { state: 'failed', reason, missed }),
    messageRetried: (outbox, { payload }: ByClientId) => set(outbox, payload, { state: 'queued' }),
    /** The author has read what was missed, up to here, and sends it all the same. */
    messageSentAnyway: (outbox, { payload: { clientId, seenSeq } }: PayloadAction<{ clientId: string; seenSeq: number }>) =>
      set(outbox, clientId, { state: 'queued', seenSeq }),
    messageDeleted: (outbox, { payload }: ByClientId) => {
      outbox.messages = outbox.messages.filter(({ clientId }) => clientId !== payload);
    },
    /** Their entries are in the timeline. */
    messagesArrived: (outbox, { payload }: PayloadAction<string[]>) => {
      outbox.messages = outbox.messages.filter(({ clientId }) => !payload.includes(clientId));
    },
    waitingRetried: retryWaiting,
  },
  extraReducers: (builder) => {
    builder.addCase(connected, retryWaiting).addCase(signedOut, () => ({ messages: [] }));
  },
  selectors: {
    selectOutbox: ({ messages }) => messages,
    selectUnsentCount: ({ messages }) =>
      messages.filter(({ state }) => state === 'queued' || state === 'sending' || state === 'waiting').length,
  },
});

/** Moves a message on. Why it was refused before no longer matters then. */
function set(outbox: Outbox, clientId: string, change: Partial<OutgoingMessage>): void {
  const message = outbox.messages.find((other) => other.clientId === clientId);
  if (message) Object.assign(message, { reason: null, missed: [] }, change);
}

function retryWaiting(outbox: Outbox): void {
  for (const message of outbox.messages) {
    if (message.state === 'waiting') message.state = 'queued';
  }
}

export const {
  messageWritten,
  outboxRestored,
  sendingStarted,
  sendingPostponed,
  messageSent,
  messageRefused,
  messageRetried,
  messageSentAnyway,
  messageDeleted,
  messagesArrived,
  waitingRetried,
} = outboxSlice.actions;
export const { selectOutbox, selectUnsentCount } = outboxSlice.selectors;
export const outboxReducer = outboxSlice.reducer;
