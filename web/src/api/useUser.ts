import { useSelector } from 'react-redux';
import { selectUser } from './sessionSlice';
import type { User } from './types';

/** The signed-in user. Only for screens behind the sign-in. */
export function useUser(): User {
  const user = useSelector(selectUser);
  if (!user) throw new Error('This screen needs a signed-in user');
  return user;
}
