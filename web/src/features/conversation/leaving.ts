// Forgets what was kept when its writer signs out; not when the session ends otherwise: then it is to go on.
import { signedOut } from '@/api/sessionSlice';
import { startListening } from '@/realtime/listening';
import { forgetKept } from './storage';

export function startLeavingListener(): void {
  startListening({
    actionCreator: signedOut,
    effect: ({ payload: how }, { getOriginalState }) => {
      const { session } = getOriginalState();
      if (how !== 'ended' && session.phase === 'signed_in') forgetKept(session.user.id);
    },
  });
}
