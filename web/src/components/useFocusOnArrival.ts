// The heading of a page that one has come to by a link gets the focus, so that a screen reader says where one is.
import { type RefObject, useEffect } from 'react';
import { NavigationType, useNavigationType } from 'react-router';

interface Options {
  /** Also when the link that led here is still on the page. */
  fromLink?: boolean;
}

export function useFocusOnArrival(heading: RefObject<HTMLElement | null>, { fromLink = false }: Options = {}): void {
  const hasFollowedLink = useNavigationType() !== NavigationType.Pop;
  useEffect(() => {
    const focused = document.activeElement;
    // On the page as a whole: where the frame has put it while this was loading.
    const isNowhere = focused === document.body || focused?.tagName === 'MAIN';
    if (hasFollowedLink && (isNowhere || fromLink)) heading.current?.focus();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- on arrival only
  }, []);
}
