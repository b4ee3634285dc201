// Reading in one tab counts in the others. The socket tells of it only where the ticket is open.
import { selectUser } from '@/api/sessionSlice';
import { ownReadMoved } from './events';
import { type SharedDispatch, startListening } from './listening';

type Moved = ReturnType<typeof ownReadMoved>['payload'];

interface News {
  /** The tabs may be signed in as different people for a moment. */
  userId: number;
  moved: Moved;
}

export function startReadInTabs(dispatch: SharedDispatch, userId: () => number | undefined): void {
  if (typeof BroadcastChannel === 'undefined') return;
  const channel = new BroadcastChannel('deskwire.reads');

  startListening({
    actionCreator: ownReadMoved,
    effect: ({ payload: moved }, listener) => {
      const user = selectUser(listener.getState());
      if (user && !moved.isHearsay) channel.postMessage({ userId: user.id, moved } satisfies News);
    },
  });

  channel.addEventListener('message', ({ data }: MessageEvent<News>) => {
    if (data.userId === userId()) dispatch(ownReadMoved({ ...data.moved, isHearsay: true }));
  });
}
