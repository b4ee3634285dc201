// Moves the reader's cursor: only over what is on a visible, focused screen.
import { useEffect, useMemo } from 'react';
import { useDispatch, useSelector } from 'react-redux';
import type { ReadState } from '@/api/types';
import { selectConnection } from '@/realtime/connectionSlice';
import { ownReadMoved } from '@/realtime/events';
import { useSocket } from '@/realtime/SocketProvider';
import { ReadTeller } from './readTeller';
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
  const connection = useSelector(selectConnection);

  const teller = useMemo(() => {
    const tell = async (seq: number): Promise<ReadState> => {
      if (!socket.isIn(ticketId)) return setRead({ ticketId, seq }).unwrap();
      return (await socket.request({ type: 'ticket.read', seq })) as ReadState;
    };
    return new ReadTeller(async (shown) => {
      const { seq, unread } = await tell(shown);
      dispatch(ownReadMoved({ ticketId, seq, unread }));
    });
  }, [ticketId, socket, setRead, dispatch]);

  const unreadSeq = isWatched && shownSeq !== null && shownSeq > readSeq ? shownSeq : null;
  useEffect(() => {
    // Also with each change of the connection: what was lost with the old one is told over the new one.
    teller.look(unreadSeq);
  }, [teller, unreadSeq, connection]);
  useEffect(() => () => teller.look(null), [teller]);
}
