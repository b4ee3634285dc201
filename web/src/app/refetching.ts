// What could not be fetched afresh for a reason that passes is asked for again until it works: what was missed without a
// connection is in no live frame.
import {
  createAction,
  createSlice,
  isAnyOf,
  type ListenerEffectAPI,
  type PayloadAction,
  type UnknownAction,
} from '@reduxjs/toolkit';
import { QueryStatus } from '@reduxjs/toolkit/query';
import { api } from '@/api/api';
import { type Failure, isFailure, isPassing } from '@/api/failure';
import { signedOut } from '@/api/sessionSlice';
import { reconnectDelay } from '@/realtime/backoff';
import { connected } from '@/realtime/events';
import { type SharedDispatch, type SharedState, startListening } from '@/realtime/listening';

/** What is still old after this many failures is worth a word. */
const WORTH_A_WORD = 2;

const refetchingSlice = createSlice({
  name: 'refetching',
  /** What keeps failing, by its place in the cache. */
  initialState: [] as string[],
  reducers: {
    fellBehind: (behind, { payload }: PayloadAction<string>) => {
      if (!behind.includes(payload)) behind.push(payload);
    },
    caughtUp: (behind, { payload }: PayloadAction<string>) => behind.filter((key) => key !== payload),
  },
  selectors: { selectIsBehind: (behind) => behind.length > 0 },
});

const { fellBehind, caughtUp } = refetchingSlice.actions;
export const { selectIsBehind } = refetchingSlice.selectors;
export const refetchingReducer = refetchingSlice.reducer;

/** Somebody does not want to wait for the next try. */
export const refetchWished = createAction('refetching/wished');

interface Rejected extends UnknownAction {
  payload: unknown;
  meta: { arg: { queryCacheKey: string; direction?: string } };
}

/** A query that has failed; not one that was given up, and not the next page of a list, which has a button of its own. */
function isRejected(action: UnknownAction): action is Rejected {
  if (action.type !== `${api.reducerPath}/executeQuery/rejected`) return false;
  const { payload, meta } = action as Rejected;
  return meta.arg.direction === undefined && isFailure(payload) && isPassing(payload);
}

type Listener = Pick<ListenerEffectAPI<SharedState, SharedDispatch>, 'dispatch' | 'getState' | 'take'>;
type Initiate = (args: unknown, options: object) => Parameters<SharedDispatch>[0];

export function startRefetching(): void {
  const underWay = new Set<string>();
  startListening({
    matcher: isRejected,
    effect: async ({ meta: { arg } }, listener) => {
      const key = arg.queryCacheKey;
      if (underWay.has(key)) return;
      underWay.add(key);
      try {
        await untilItWorks(key, listener);
      } finally {
        underWay.delete(key);
      }
    },
  });
}

async function untilItWorks(key: string, { dispatch, getState, take }: Listener): Promise<void> {
  let failures = 1;
  for (let failure = failureOf(key, getState()); failure; failure = failureOf(key, getState())) {
    if (failures >= WORTH_A_WORD) dispatch(fellBehind(key));
    const pause = reconnectDelay(failures - 1, Math.random) + (failure.retryAfterSeconds ?? 0) * 1_000;
    await take(isAnyOf(refetchWished, signedOut), pause);
    // Without a connection it waits for that.
    if (!isConnected(getState())) await take(isAnyOf(connected, signedOut));
    // The cache writes down a moment later who is still interested.
    if (!isShown(key, getState())) break;
    const query = getState().api.queries[key];
    // Somebody else may have asked for it.
    if (query?.status !== QueryStatus.rejected) continue;
    const { initiate } = api.endpoints[query.endpointName as never] as { initiate: Initiate };
    await dispatch(initiate(query.originalArgs, { subscribe: false, forceRefetch: true }));
    failures += 1;
  }
  dispatch(caughtUp(key));
}

/** Why something is older than it should be; it stays until the answer is there. Null for what was never there. */
function failureOf(key: string, { api: { queries, provided } }: SharedState): Failure | null {
  const query = queries[key];
  // What has no tags is kept fresh by nobody but those who ask for it.
  const isKeptFresh = (provided.keys[key as keyof typeof provided.keys] ?? []).length > 0;
  const error = query?.data !== undefined && isKeptFresh ? query.error : undefined;
  return isFailure(error) && isPassing(error) ? error : null;
}

function isShown(key: string, { api: { subscriptions } }: SharedState): boolean {
  return Object.keys(subscriptions[key] ?? {}).length > 0;
}

function isConnected({ connection }: SharedState): boolean {
  return connection.state === 'live' || connection.state === 'catching_up';
}
