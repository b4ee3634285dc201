// Where the conversation stands on the screen: it opens at what is new, stays at the end while one is there, and does
// not move when earlier entries are put on top.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** This near to the end, in pixels, counts as being there. */
const NEAR = 40;

interface Content {
  firstSeq: number;
  lastSeq: number;
  /** How many messages of one's own are on their way. */
  outgoing: number;
  onEnd: (atEnd: boolean) => void;
}

interface ThreadScroll {
  pane: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  atEnd: boolean;
  /** The latest entry that has been in view. */
  shownSeq: number;
  toEnd: () => void;
}

export function useThreadScroll({ firstSeq, lastSeq, outgoing, onEnd }: Content): ThreadScroll {
  const pane = useRef<HTMLDivElement>(null);
  const before = useRef({ firstSeq, outgoing, height: 0, isOpen: false });
  const [atEnd, setAtEnd] = useState(true);
  const [leftAt, setLeftAt] = useState(lastSeq);
  const isAtEnd = useRef(true);

  const toEnd = () => {
    if (pane.current) pane.current.scrollTop = pane.current.scrollHeight;
  };

  const look = () => {
    const { current } = pane;
    if (!current) return;
    const now = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR;
    if (isAtEnd.current && !now) setLeftAt(lastSeq);
    isAtEnd.current = now;
    setAtEnd(now);
  };

  useLayoutEffect(() => {
    const { current } = pane;
    if (!current) return;
    const { firstSeq: firstBefore, outgoing: outgoingBefore, height, isOpen } = before.current;
    if (!isOpen) {
      const divider = current.querySelector('[data-new-divider]');
      if (divider) divider.scrollIntoView({ block: 'center' });
      else toEnd();
      look();
    } else if (firstSeq < firstBefore) {
      current.scrollTop += current.scrollHeight - height;
    } else if (isAtEnd.current || outgoing > outgoingBefore) {
      toEnd();
    }
    before.current = { firstSeq, outgoing, height: current.scrollHeight, isOpen: true };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- runs for new content only
  }, [firstSeq, lastSeq, outgoing]);

  useEffect(() => onEnd(atEnd), [atEnd, onEnd]);

  // The composer grows, the phone's keyboard opens: the end stays in view.
  useEffect(() => {
    if (!pane.current) return undefined;
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) toEnd();
    });
    observer.observe(pane.current);
    return () => observer.disconnect();
  }, []);

  return { pane, onScroll: look, atEnd, shownSeq: atEnd ? lastSeq : leftAt, toEnd };
}
