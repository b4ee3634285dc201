// What the socket tells, as Redux actions. Each feature handles its own.
import { createAction } from '@reduxjs/toolkit';
import type { FrameOf, ServerFrame } from '@/api/types';

export const connected = createAction<FrameOf<'welcome'>>('realtime/connected');
export const ticketJoined = createAction<FrameOf<'joined'>>('realtime/ticketJoined');
export const entryArrived = createAction<FrameOf<'entry'>>('realtime/entryArrived');
export const ticketChanged = createAction<FrameOf<'ticket'>>('realtime/ticketChanged');
export const notificationArrived = createAction<FrameOf<'notification'>>('realtime/notificationArrived');
export const readAdvanced = createAction<FrameOf<'read'>>('realtime/readAdvanced');
export const presenceChanged = createAction<FrameOf<'presence'>>('realtime/presenceChanged');
export const personTyped = createAction<FrameOf<'typing'>>('realtime/personTyped');

/** The action that a frame becomes; null for frames that only the connection cares about. */
export function eventOf(frame: ServerFrame) {
  switch (frame.type) {
    case 'welcome':
      return connected(frame);
    case 'joined':
      return ticketJoined(frame);
    case 'entry':
      return entryArrived(frame);
    case 'ticket':
      return ticketChanged(frame);
    case 'notification':
      return notificationArrived(frame);
    case 'read':
      return readAdvanced(frame);
    case 'presence':
      return presenceChanged(frame);
    case 'typing':
      return personTyped(frame);
    default:
      // Frames of a later version too: clients ignore what they do not know.
      return null;
  }
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
