// Marking everything as read reaches the other tabs of the browser; the server tells only of tickets that were read.
import { useEffect } from 'react';
import { useDispatch } from 'react-redux';
import { notificationsApi } from './notificationsApi';

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('deskwire.notifications');

export function tellReadAll(): void {
  channel?.postMessage('read');
}

export function useReadElsewhere(): void {
  const dispatch = useDispatch();
  useEffect(() => {
    const fetchAfresh = () => void dispatch(notificationsApi.util.invalidateTags(['Notifications']));
    channel?.addEventListener('message', fetchAfresh);
    return () => channel?.removeEventListener('message', fetchAfresh);
  }, [dispatch]);
}
