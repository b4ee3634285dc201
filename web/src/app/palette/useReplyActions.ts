// The canned replies that the palette can put into the open composer.
import { IconMessage2Bolt } from '@tabler/icons-react';
import { useListCannedRepliesQuery } from '@/features/cannedReplies/cannedRepliesApi';
import { fillIn } from '@/features/cannedReplies/fillIn';
import type { PaletteAction } from '@/features/shortcuts/palette/actions';
import { openComposer } from './openComposer';

export function useReplyActions(): PaletteAction[] {
  const composer = openComposer.useCurrent();
  const { data } = useListCannedRepliesQuery(undefined, { skip: !composer });
  if (!composer) return [];
  return (data?.items ?? []).map(({ id, name, body }) => {
    const text = fillIn(body, composer.values);
    return { id: `reply-${id}`, icon: IconMessage2Bolt, name, hint: text, run: () => composer.insert(text) };
  });
}
