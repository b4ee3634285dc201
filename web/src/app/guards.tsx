// Who may be on which pages; everybody else is led to where they belong.
import type { ReactNode } from 'react';
import { useSelector } from 'react-redux';
import { Navigate, Outlet, useLocation, useParams } from 'react-router';
import { selectUser } from '@/api/sessionSlice';
import type { User } from '@/api/types';
import { useUser } from '@/api/useUser';
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

export function ForSignedIn({ children }: { children: ReactNode }) {
  const user = useSelector(selectUser);
  const { pathname, search } = useLocation();
  const state: Wanted = { from: pathname + search };
  return user ? children : <Navigate to="/login" state={state} replace />;
}

/** The pages of one role, among those for the signed-in. */
export function ForRole({ only }: { only: User['role'] }) {
  const user = useUser();
  const { id, '*': rest } = useParams();
  const ticketId = ticketIdIn(id ?? rest?.replace('tickets/', ''));
  if (user.role !== only) {
    // The same ticket has another address for the other role.
    return <Navigate to={ticketId === null ? homeOf(user) : ticketPathOf(user)(ticketId)} replace />;
  }
  return <Outlet />;
}
