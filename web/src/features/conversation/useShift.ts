// Whether the latest change of the rows put earlier ones on top: then the virtual list counts from the end.
import { useState } from 'react';

export function useShift(rows: unknown, firstSeq: number): boolean {
  const [last, setLast] = useState({ rows, firstSeq, isShift: false });
  if (last.rows === rows) return last.isShift;
  setLast({ rows, firstSeq, isShift: firstSeq < last.firstSeq });
  return firstSeq < last.firstSeq;
}
