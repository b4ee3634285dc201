// Lets the outbox outlive its tab: what is unsent is kept, and taken over by a tab that lives.
import { selectUser } from '@/api/sessionSlice';
import { type SharedDispatch, type SharedState, startListening } from '@/realtime/listening';
import { messageDeleted, type OutgoingMessage, type outboxReducer, outboxRestored } from './outbox';
import { keepOutbox, keptOutbox, onForgottenElsewhere } from './storage';

/** So often a tab looks for what others have left. */
export const LOOK_EVERY_MS = 8_000;

const NONE: OutgoingMessage[] = [];

/** Keeps at once, not after the next rendering: the tab may be closed before. */
export function startOutboxKeeping(): void {
  startListening({
    predicate: (_action, now, before) => messagesIn(now) !== messagesIn(before),
    effect: (_action, listener) => {
      const now = listener.getState();
      // A session that has ended empties the outbox, but takes nothing from its owner.
      const user = selectUser(now);
      if (user) keepOutbox(user.id, messagesIn(now), messagesIn(listener.getOriginalState()));
    },
  });
}

/**
 * Takes over what was left unsent, and drops what another tab has sent or deleted. Returns what ends that. The tab that wrote it
 * may live and send it too, which does no harm: the server knows a message by its client id.
 */
export function shareOutbox(userId: number, dispatch: SharedDispatch): () => void {
  const takeOver = () => {
    const left = keptOutbox(userId);
    if (left.length > 0) dispatch(outboxRestored(left));
  };
  const forget = onForgottenElsewhere(userId, (clientId) => dispatch(messageDeleted(clientId)));
  const timer = setInterval(takeOver, LOOK_EVERY_MS);
  takeOver();
  return () => {
    forget();
    clearInterval(timer);
  };
}

/** The outbox joins the store later than the listener may hear of it. */
function messagesIn(state: SharedState & { outbox?: ReturnType<typeof outboxReducer> }): OutgoingMessage[] {
  return state.outbox?.messages ?? NONE;
}
