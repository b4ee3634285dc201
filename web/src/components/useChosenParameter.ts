// A parameter of the address that somebody chooses. The choice shows at once; what comes of it is drawn when there is time.
import { startTransition, useOptimistic } from 'react';
import { useSearchParams } from 'react-router';
import { addressNow, withParameter } from './address';

export function useChosenParameter(name: string): [value: string, choose: (value: string) => void] {
  const [address, setAddress] = useSearchParams();
  const [value, show] = useOptimistic(address.get(name) ?? '');
  const choose = (next: string) =>
    startTransition(() => {
      show(next);
      setAddress(withParameter(addressNow(), name, next), { replace: true });
    });
  return [value, choose];
}
