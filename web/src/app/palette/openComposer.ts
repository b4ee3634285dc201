// The composer that is open, for texts that come from elsewhere.
import { inUse } from '@/components/inUse';
import type { ReplyValues } from '@/features/cannedReplies/fillIn';

export interface OpenComposer {
  insert: (piece: string) => void;
  /** Of the ticket that is written to. */
  values: ReplyValues;
}

export const openComposer = inUse<OpenComposer>();
