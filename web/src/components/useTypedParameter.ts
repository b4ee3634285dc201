// A parameter of the address that somebody types. The address follows what is typed, a moment later.
import { useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { addressNow, withParameter } from './address';
import { createEchoes } from './echoes';

const WAIT_MS = 250;

export function useTypedParameter(name: string): [text: string, type: (text: string) => void] {
  const [address, setAddress] = useSearchParams();
  const { pathname } = useLocation();
  const wanted = address.get(name)?.trim() ?? '';
  const [text, setText] = useState(wanted);
  const [echoes] = useState(createEchoes);

  // What was typed arrives when somebody types on: it is left alone. Else the address has changed by itself: a link, or a
  // step back.
  useEffect(() => {
    if (echoes.isEcho(wanted)) return;
    // eslint-disable-next-line react-hooks/set-state-in-effect -- set while rendering, it would lose letters
    setText((text) => (text.trim() === wanted ? text : wanted));
  }, [wanted, echoes]);

  useEffect(() => {
    const typed = text.trim();
    if (typed === wanted) return undefined;
    const timer = setTimeout(() => {
      // On the way to another page, which is still loading.
      if (window.location.pathname !== pathname) return;
      echoes.send(typed);
      setAddress(withParameter(addressNow(), name, typed), { replace: true });
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [text, wanted, name, setAddress, pathname, echoes]);

  return [text, setText];
}
