// The people around the open ticket: who is there, who is typing, who has seen what.
import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import { signedOut } from '@/api/sessionSlice';
import type { Person } from '@/api/types';
import { connected, entryArrived, personTyped, presenceChanged, readAdvanced, ticketJoined } from '@/realtime/events';
import { startListening } from '@/realtime/listening';

/** Typing shows for this long after the last sign of it. */
const TYPING_SHOWS_MS = 6_000;

interface Room {
  ticketId: number | null;
  people: Person[];
  typing: Person[];
  /** Seen up to, by user. */
  seen: Record<number, number>;
}

const EMPTY: Room = { ticketId: null, people: [], typing: [], seen: {} };

const roomSlice = createSlice({
  name: 'room',
  initialState: EMPTY,
  reducers: {
    typingStopped: (room, { payload }: PayloadAction<{ ticketId: number; personId: number }>) => {
      if (room.ticketId === payload.ticketId) stopTyping(room, payload.personId);
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(signedOut, () => EMPTY)
      .addCase(connected, (room) => ({ ...room, people: [], typing: [] }))
      .addCase(ticketJoined, (room, { payload }) => enter(room, payload.ticket.id))
      .addCase(presenceChanged, (room, { payload }) => {
        enter(room, payload.ticket_id);
        room.people = payload.people;
      })
      .addCase(personTyped, (room, { payload: { ticket_id, person } }) => {
        enter(room, ticket_id);
        if (!room.typing.some(({ id }) => id === person.id)) room.typing.push(person);
      })
      .addCase(entryArrived, (room, { payload: { entry } }) => {
        if (entry.kind !== 'hidden') stopTyping(room, entry.actor.id);
      })
      .addCase(readAdvanced, (room, { payload: { ticket_id, user_id, seq } }) => {
        enter(room, ticket_id);
        room.seen[user_id] = Math.max(seq, room.seen[user_id] ?? 0);
      });
  },
  selectors: {
    selectRoom: (room, ticketId: number) => (room.ticketId === ticketId ? room : EMPTY),
  },
});

function enter(room: Room, ticketId: number): void {
  if (room.ticketId !== ticketId) Object.assign(room, { ...EMPTY, typing: [], seen: {}, ticketId });
}

function stopTyping(room: Room, personId: number): void {
  room.typing = room.typing.filter(({ id }) => id !== personId);
}

export const { typingStopped } = roomSlice.actions;
export const { selectRoom } = roomSlice.selectors;
export const roomReducer = roomSlice.reducer;

export function startRoomListener(): void {
  startListening({
    actionCreator: personTyped,
    effect: async ({ payload: { ticket_id, person } }, { condition, dispatch }) => {
      const typesOn = await condition(
        (action) => personTyped.match(action) && action.payload.person.id === person.id,
        TYPING_SHOWS_MS,
      );
      if (!typesOn) dispatch(typingStopped({ ticketId: ticket_id, personId: person.id }));
    },
  });
}
