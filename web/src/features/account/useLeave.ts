// Signing out.
import { useDispatch } from 'react-redux';
import { type Failure, isFailure } from '@/api/failure';
import { doErrands } from '@/api/leaving';
import { signedOut } from '@/api/sessionSlice';
import { logOut } from './requests';

/** Resolves to what went wrong, if anything: then one is still signed in. */
export function useLeave(): () => Promise<Failure | null> {
  const dispatch = useDispatch();
  return async () => {
    await doErrands();
    try {
      await logOut();
    } catch (failure) {
      if (isFailure(failure)) return failure;
      throw failure;
    }
    dispatch(signedOut());
    return null;
  };
}
