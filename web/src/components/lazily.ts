// Parts of the interface that load when they are first shown. React's own `lazy` keeps a failure for good; here the part
// is asked for again once the boundary that has caught the failure tries again.
import { type ComponentType, createElement, type FunctionComponent, lazy } from 'react';

const failed = new Set<() => void>();

export function lazily<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): FunctionComponent<Props> {
  const ask = () =>
    lazy(() =>
      load().catch((error: unknown) => {
        failed.add(askAgain);
        throw error;
      }),
    ) as unknown as ComponentType<Props>;
  const askAgain = () => {
    part = ask();
  };
  let part = ask();
  return (props) => createElement(part, props);
}

/** Whatever could not be loaded is asked for again when it is next shown. */
export function forgetFailedLoads(): void {
  failed.forEach((askAgain) => askAgain());
  failed.clear();
}
