// Who may be on which pages; everybody else is led to where they belong.
import type { ReactNode } from 'react';
import { useSelector } from 'react-redux';
import { Navigate, useLocation, useParams } from 'react-router';
import { selectUser } from '@/api/sessionSlice';
import type { User } from '@/api/types';
import { homeOf, ticketIdIn, ticketPathOf } from './paths';

/** Where somebody wanted to go before signing in. */
interface Wanted {
  from?: string;
}

export function ForGuests({ children }: { children: ReactNode }) {
  const user = useSelector(selectUser);
  const wanted = useLocation().state as Wanted | null;
  return user ? <Navigate to={wanted?.from ?? homeOf(user)} replace /> : children;
}

export function ForRole({ only, children }: { only: User['role']; children: ReactNode }) {
  const user = useSelector(selectUser);
  const { pathname, search } = useLocation();
  const ticketId = ticketIdIn(useParams().id);
  if (!user) {
    const state: Wanted = { from: pathname + search };
    return <Navigate to="/login" state={state} replace />;
  }
  if (user.role !== only) {
    // The same ticket has another address for the other role.
    return <Navigate to={ticketId === null ? homeOf(user) : ticketPathOf(user)(ticketId)} replace />;
  }
  return children;
}
