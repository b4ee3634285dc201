// A ticket's timeline: loaded once, then kept in step by the socket.
import { useEffect } from 'react';
import { useStore } from 'react-redux';
import type { SharedState } from '@/realtime/listening';
import { useSocket } from '@/realtime/SocketProvider';
import { lastSeq } from './timeline';
import { timelineApi, useGetTimelineQuery } from './timelineApi';

export function useTimeline(ticketId: number) {
  const socket = useSocket();
  const store = useStore<SharedState>();
  const { data, error, refetch } = useGetTimelineQuery(ticketId);
  const isLoaded = data !== undefined;

  useEffect(() => {
    if (!isLoaded) return undefined;
    const loaded = timelineApi.endpoints.getTimeline.select(ticketId)(store.getState()).data;
    socket.join(ticketId, loaded ? lastSeq(loaded) : null);
    return () => socket.leave(ticketId);
  }, [socket, store, ticketId, isLoaded]);

  return { timeline: data, failure: data ? null : error, retry: () => void refetch() };
}
