// A parameter of the address that somebody types. The address follows what is typed, a moment later.
import { useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { withParameter } from './address';

const WAIT_MS = 250;

export function useTypedParameter(name: string): [text: string, type: (text: string) => void] {
  const [address, setAddress] = useSearchParams();
  const { pathname } = useLocation();
  const wanted = address.get(name)?.trim() ?? '';
  const [text, setText] = useState(wanted);
  const [before, setBefore] = useState(wanted);
  // The address has changed by itself: a link, or a step back.
  if (wanted !== before) {
    setBefore(wanted);
    if (text.trim() !== wanted) setText(wanted);
  }

  useEffect(() => {
    const typed = text.trim();
    if (typed === wanted) return undefined;
    const timer = setTimeout(() => {
      // On the way to another page, which is still loading.
      if (window.location.pathname !== pathname) return;
      setAddress(withParameter(address, name, typed), { replace: true });
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, wanted, name, address, setAddress, pathname]);

  return [text, setText];
}
