// A text with the words marked that were searched for.
import { Mark } from '@mantine/core';
import type { TextPiece } from '@/api/types';

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
