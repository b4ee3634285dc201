// Moves the reader's cursor: only over what is on a visible, focused screen.
import { useEffect, useRef } from 'react';
import { useDispatch } from 'react-redux';
import type { ReadState } from '@/api/types';
import { ownReadMoved } from '@/realtime/events';
import { useSocket } from '@/realtime/SocketProvider';
import { useSetReadMutation } from './timelineApi';
import { useWatched } from './useWatched';

interface Place {
  ticketId: number;
  /** The latest entry on the screen, if the end of the conversation is on it. */
  shownSeq: number | null;
  readSeq: number;
}

export function useReadCursor({ ticketId, shownSeq, readSeq }: Place): void {
  const socket = useSocket();
  const dispatch = useDispatch();
  const [setRead] = useSetReadMutation();
  const isWatched = useWatched();
  const told = useRef(readSeq);

  useEffect(() => {
    if (!isWatched || shownSeq === null || shownSeq <= Math.max(told.current, readSeq)) return;
    told.current = shownSeq;

    const tell = async (seq: number): Promise<ReadState> => {
      if (!socket.isIn(ticketId)) return setRead({ ticketId, seq }).unwrap();
      return (await socket.request({ type: 'ticket.read', seq })) as ReadState;
    };
    tell(shownSeq).then(
      ({ seq, unread }) => dispatch(ownReadMoved({ ticketId, seq, unread })),
      () => {
        // Not told: the next entry or the next look tells it.
        told.current = readSeq;
      },
    );
  }, [isWatched, shownSeq, readSeq, ticketId, socket, setRead, dispatch]);
}
