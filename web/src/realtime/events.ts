// What the socket tells, as Redux actions. Each feature handles its own.
import { createAction, type UnknownAction } from '@reduxjs/toolkit';
import type { FrameOf, ServerFrame } from '@/api/types';

export const connected = createAction<FrameOf<'welcome'>>('realtime/connected');
export const ticketJoined = createAction<FrameOf<'joined'>>('realtime/ticketJoined');
export const entryArrived = createAction<FrameOf<'entry'>>('realtime/entryArrived');
export const ticketChanged = createAction<FrameOf<'ticket'>>('realtime/ticketChanged');
export const notificationArrived = createAction<FrameOf<'notification'>>('realtime/notificationArrived');
export const alertChanged = createAction<FrameOf<'alert'>>('realtime/alertChanged');
export const readAdvanced = createAction<FrameOf<'read'>>('realtime/readAdvanced');
export const presenceChanged = createAction<FrameOf<'presence'>>('realtime/presenceChanged');
export const personTyped = createAction<FrameOf<'typing'>>('realtime/personTyped');

const EVENTS: { [Type in ServerFrame['type']]?: (frame: FrameOf<Type>) => UnknownAction } = {
  welcome: connected,
  joined: ticketJoined,
  entry: entryArrived,
  ticket: ticketChanged,
  notification: notificationArrived,
  alert: alertChanged,
  read: readAdvanced,
  presence: presenceChanged,
  typing: personTyped,
};

/** The action that a frame becomes; undefined for those that only the connection cares about, and those of a later version. */
export function eventOf(frame: ServerFrame): UnknownAction | undefined {
  // Each is given the frames of its own type.
  return (EVENTS[frame.type] as ((frame: ServerFrame) => UnknownAction) | undefined)?.(frame);
}

interface OwnRead {
  ticketId: number;
  seq: number;
  unread: number;
  /** Another tab has told it, or the socket. */
  isHearsay?: boolean;
}

/** The reader's own cursor has moved, here or elsewhere. */
export const ownReadMoved = createAction<OwnRead>('realtime/ownReadMoved');
