// How long a form has to wait before it may send the same again, because the server had too many tries.
import { useEffect, useReducer } from 'react';
import { waitOf, waitReducer } from './wait';

export function useWait() {
  const [wait, dispatch] = useReducer(waitReducer, null);
  const until = wait?.until ?? null;

  useEffect(() => {
    if (until === null) return undefined;
    const timer = setTimeout(() => dispatch({ type: 'over' }), until - Date.now());
    return () => clearTimeout(timer);
  }, [until]);

  return {
    of: (values: object) => waitOf(wait, values),
    start: (values: object, seconds: number) => dispatch({ type: 'told', values, until: Date.now() + seconds * 1000 }),
    remind: () => dispatch({ type: 'reminded' }),
    forget: () => dispatch({ type: 'forgotten' }),
  };
}
