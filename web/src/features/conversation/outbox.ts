// Messages on their way: written here, not yet seen in the timeline.
import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Failure } from '@/api/failure';
import { newClientId } from '@/api/clientId';
import { signedOut } from '@/api/sessionSlice';
import type { MessageKind } from '@/api/types';
import { connected } from '@/realtime/events';

export interface OutgoingMessage {
  clientId: string;
  ticketId: number;
  kind: MessageKind;
  body: string;
  writtenAt: string;
  state:
    | 'queued'
    | 'sending'
    /** There was no connection; sent again when it is back. */
    | 'waiting'
    /** Acknowledged; its entry is on its way. */
    | 'sent'
    | 'failed';
  reason: Failure['code'] | null;
}

interface Outbox {
  messages: OutgoingMessage[];
}

type ByClientId = PayloadAction<string>;

const outboxSlice = createSlice({
  name: 'outbox',
  initialState: { messages: [] } as Outbox,
  reducers: {
    messageWritten: {
      prepare: (message: Pick<OutgoingMessage, 'ticketId' | 'kind' | 'body'>) => ({
        payload: { ...message, clientId: newClientId(), writtenAt: new Date().toISOString() },
      }),
      reducer: (outbox, { payload }: PayloadAction<Omit<OutgoingMessage, 'state' | 'reason'>>) => {
        outbox.messages.push({ ...payload, state: 'queued', reason: null });
      },
    },
    /** Messages that an earlier life of this page left behind. */
    outboxRestored: (outbox, { payload }: PayloadAction<OutgoingMessage[]>) => {
      const known = new Set(outbox.messages.map(({ clientId }) => clientId));
      const left = payload.filter(({ clientId }) => !known.has(clientId));
      outbox.messages.unshift(
        ...left.map((message) => (message.state === 'failed' ? message : { ...message, state: 'queued' as const })),
      );
    },
    sendingStarted: (outbox, { payload }: ByClientId) => set(outbox, payload, 'sending'),
    sendingPostponed: (outbox, { payload }: ByClientId) => set(outbox, payload, 'waiting'),
    messageSent: (outbox, { payload }: ByClientId) => set(outbox, payload, 'sent'),
    messageRefused: (outbox, { payload }: PayloadAction<{ clientId: string; reason: Failure['code'] }>) =>
      set(outbox, payload.clientId, 'failed', payload.reason),
    messageRetried: (outbox, { payload }: ByClientId) => set(outbox, payload, 'queued'),
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

function set(
  outbox: Outbox,
  clientId: string,
  state: OutgoingMessage['state'],
  reason: OutgoingMessage['reason'] = null,
): void {
  const message = outbox.messages.find((other) => other.clientId === clientId);
  if (message) Object.assign(message, { state, reason });
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
  messageDeleted,
  messagesArrived,
  waitingRetried,
} = outboxSlice.actions;
export const { selectOutbox, selectUnsentCount } = outboxSlice.selectors;
export const outboxReducer = outboxSlice.reducer;
