// What helps staff with writing: canned replies, to be picked here or in the palette.
import { useMemo } from 'react';
import type { Ticket } from '@/api/types';
import { useUser } from '@/api/useUser';
import { openComposer } from '@/app/palette/openComposer';
import CannedReplyPicker from '@/features/cannedReplies/CannedReplyPicker';
import { valuesOf } from '@/features/cannedReplies/fillIn';

interface Props {
  ticket: Ticket;
  insert: (piece: string) => void;
}

export default function ComposerAid({ ticket, insert }: Props) {
  const user = useUser();
  const values = useMemo(() => valuesOf(ticket, user), [ticket, user]);
  openComposer.useAs({ insert, values });
  return <CannedReplyPicker values={values} onPick={insert} />;
}
