// Where the conversation stands on the screen: it opens at what is new, and stays at the end while one is there. That
// nothing moves when earlier entries come on top is the work of the virtual list.
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';

/** This near to the end, in pixels, counts as being there. */
const NEAR_END = 40;
/** This near to the top earlier entries are fetched, before one runs into it. */
const NEAR_TOP = 600;
/** Rows are measured when they are first shown; until then the place is not final. */
const SETTLED_AFTER_MS = 400;

interface Content {
  /** Index of the row that opens in the middle; null: opens at the end. */
  opensAt: number | null;
  firstSeq: number;
  lastSeq: number;
  /** How many messages of one's own are on their way. */
  outgoing: number;
  onEnd: (atEnd: boolean) => void;
  onTop: () => void;
}

interface ThreadScroll {
  pane: RefObject<HTMLDivElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  onScroll: () => void;
  /** Rows have their heights and the conversation its place. */
  isSettled: boolean;
  atEnd: boolean;
  /** The latest entry that has been in view. */
  shownSeq: number;
  toEnd: () => void;
  /** What the reader is about to open grows downwards, even at the end. */
  stayHere: () => void;
}

export function useThreadScroll({ opensAt, firstSeq, lastSeq, outgoing, onEnd, onTop }: Content): ThreadScroll {
  const pane = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [atEnd, setAtEnd] = useState(opensAt === null);
  const [leftAt, setLeftAt] = useState(lastSeq);
  const [isSettled, setSettled] = useState(false);
  const place = useRef({ atEnd: opensAt === null, top: 0, height: 0, outgoing });

  const toEnd = () => {
    if (pane.current) pane.current.scrollTop = pane.current.scrollHeight;
    place.current.atEnd = true;
  };

  const look = () => {
    if (!pane.current) return;
    const { scrollTop: top, scrollHeight: height, clientHeight } = pane.current;
    const isNear = height - top - clientHeight < NEAR_END;
    const wasAtEnd = place.current.atEnd;
    // Only people scroll without a change of the content; all else that moves the end away is followed.
    const isLeft = top < place.current.top && height === place.current.height;
    const isAtEnd = isNear || (wasAtEnd && !isLeft);
    if (isAtEnd && !isNear) toEnd();
    if (wasAtEnd && !isAtEnd) setLeftAt(lastSeq);
    place.current = { ...place.current, atEnd: isAtEnd, top: pane.current.scrollTop, height };
    setAtEnd(isAtEnd);
    if (isSettled && top < NEAR_TOP) onTop();
  };
  const lookAgain = useEffectEvent(look);

  const open = useEffectEvent(() => {
    if (opensAt === null) toEnd();
    else list.current?.scrollToIndex(opensAt, { align: 'center' });
  });
  useLayoutEffect(() => open(), []);

  // One's own words bring their writer to the end.
  useLayoutEffect(() => {
    const isWritten = outgoing > place.current.outgoing;
    place.current.outgoing = outgoing;
    if (isWritten || place.current.atEnd) toEnd();
  }, [lastSeq, outgoing]);

  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  // Also without a scroll: there may be nothing to scroll yet.
  useEffect(() => lookAgain(), [isSettled, firstSeq]);

  useEffect(() => onEnd(atEnd), [atEnd, onEnd]);

  // A row is measured, the composer grows, the phone's keyboard opens: the end stays in view.
  useEffect(() => {
    const rows = pane.current?.lastElementChild;
    if (!pane.current || !rows) return undefined;
    const observer = new ResizeObserver(() => lookAgain());
    observer.observe(pane.current);
    observer.observe(rows);
    return () => observer.disconnect();
  }, []);

  const stayHere = () => {
    if (place.current.atEnd) setLeftAt(lastSeq);
    place.current.atEnd = false;
  };
  return { pane, list, onScroll: look, isSettled, atEnd, shownSeq: atEnd ? lastSeq : leftAt, toEnd, stayHere };
}
