// Which long messages are shown whole. Kept beside the rows, which come and go as one scrolls.
import { createContext, useContext } from 'react';

interface Expanded {
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
}

export const ExpandedContext = createContext<Expanded>({ ids: new Set(), toggle: () => undefined });

export function useExpanded(id: string): [isExpanded: boolean, toggle: () => void] {
  const { ids, toggle } = useContext(ExpandedContext);
  return [ids.has(id), () => toggle(id)];
}

export function toggled(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
