// What live frames do to the loaded timelines, and to the messages that wait for their entry.
import type { Entry } from '@/api/types';
import { isVisible } from '@/components/entries/kinds';
import { entryArrived, ticketJoined } from '@/realtime/events';
import { type SharedDispatch, startListening } from '@/realtime/listening';
import { messagesArrived } from './outbox';
import { afterJoin, merged } from './timeline';
import { timelineApi } from './timelineApi';

export function startTimelineListeners(): void {
  startListening({
    actionCreator: ticketJoined,
    effect: ({ payload }, { dispatch }) => {
      dispatch(
        timelineApi.util.updateQueryData('getTimeline', payload.ticket.id, (timeline) => afterJoin(timeline, payload)),
      );
      settle(payload.entries, dispatch);
    },
  });

  startListening({
    actionCreator: entryArrived,
    effect: ({ payload: { ticket_id, seq, entry } }, { dispatch }) => {
      dispatch(
        timelineApi.util.updateQueryData('getTimeline', ticket_id, (timeline) => ({
          head: Math.max(seq, timeline.head),
          entries: merged(timeline.entries, [entry]),
        })),
      );
      settle([entry], dispatch);
    },
  });

  startListening({
    matcher: timelineApi.endpoints.extendTimeline.matchFulfilled,
    effect: ({ payload }, { dispatch }) => settle(payload.items, dispatch),
  });

  startListening({
    matcher: timelineApi.endpoints.getTimeline.matchFulfilled,
    effect: ({ payload }, { dispatch }) => settle(payload.entries, dispatch),
  });
}

function settle(entries: Entry[], dispatch: SharedDispatch): void {
  const ids = entries.flatMap((entry) => (isVisible(entry) && entry.client_id ? [entry.client_id] : []));
  if (ids.length > 0) dispatch(messagesArrived(ids));
}
