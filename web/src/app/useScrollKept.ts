// Whoever goes back to a page finds it scrolled as they left it.
import { type RefObject, useEffect, useLayoutEffect } from 'react';
import { useLocation } from 'react-router';

/** How far down each entry of the history was, as long as the tab lives. */
const places = new Map<string, number>();

export function useScrollKept(element: RefObject<HTMLElement | null>): void {
  const { key } = useLocation();

  useLayoutEffect(() => {
    const place = places.get(key);
    if (place !== undefined) element.current?.scrollTo({ top: place });
  }, [key, element]);

  useEffect(() => {
    const scrolled = element.current;
    const note = () => {
      if (scrolled) places.set(key, scrolled.scrollTop);
    };
    scrolled?.addEventListener('scroll', note, { passive: true });
    return () => scrolled?.removeEventListener('scroll', note);
  }, [key, element]);
}
