// Forgets what was kept for reloads when its writer signs out; not when the session ends otherwise: then it is to go on.
import { signedOut } from '@/api/sessionSlice';
import { startListening } from '@/realtime/listening';
import { recent } from './remembered';

export function startLeavingListener(): void {
  startListening({
    actionCreator: signedOut,
    effect: async ({ payload: how }, { getOriginalState }) => {
      recent.clear();
      const { session } = getOriginalState();
      if (how === 'ended' || session.phase !== 'signed_in') return;
      // The first page need not wait for what is needed at the end.
      const { forgetKept } = await import('./storage');
      forgetKept(session.user.id);
    },
  });
}
