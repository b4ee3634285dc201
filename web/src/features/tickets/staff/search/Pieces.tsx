// A text with the words marked that were searched for.
import { Mark } from '@mantine/core';
import type { SearchItem, TextPiece } from '@/api/types';

/** The title of what was found, as it is now. */
export function FoundTitle({ item: { ticket, title } }: { item: SearchItem }) {
  const isRenamed = title.map(({ text }) => text).join('') !== ticket.title;
  return isRenamed ? ticket.title : <Pieces pieces={title} />;
}

export function Pieces({ pieces }: { pieces: TextPiece[] }) {
  return pieces.map(({ text, highlighted }, place) =>
    highlighted ? (
      // The same text has the same pieces: they never change places.
      <Mark key={place} fw={600}>
        {text}
      </Mark>
    ) : (
      text
    ),
  );
}
