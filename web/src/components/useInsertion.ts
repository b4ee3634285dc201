// Puts a piece of text where the cursor is, and the cursor behind it.
import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A text with a piece in the place of what is selected in it, and where the cursor is then. */
export function inserted(text: string, piece: string, from: number, to: number): { text: string; cursor: number } {
  return { text: text.slice(0, from) + piece + text.slice(to), cursor: from + piece.length };
}

export function useInsertion(
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  onText: (text: string) => void,
): (piece: string) => void {
  const cursor = useRef<number | null>(null);

  // A text that is set by code takes the cursor to its end.
  useLayoutEffect(() => {
    if (cursor.current === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(cursor.current, cursor.current);
    cursor.current = null;
  }, [field, text]);

  return (piece) => {
    if (!field.current) return;
    const { selectionStart, selectionEnd } = field.current;
    const next = inserted(text, piece, selectionStart, selectionEnd);
    cursor.current = next.cursor;
    onText(next.text);
  };
}
