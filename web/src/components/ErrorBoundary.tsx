// What fails in here, a chunk that does not come for example, takes nothing around it along.
import { Component, type ReactNode } from 'react';
import { forgetFailedLoads } from './lazily';

interface Props {
  children: ReactNode;
  /** What is shown in its place, with the way to try again. */
  instead: (retry: () => void) => ReactNode;
}

export class ErrorBoundary extends Component<Props, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  readonly #retry = () => {
    forgetFailedLoads();
    this.setState({ hasFailed: false });
  };

  override render() {
    return this.state.hasFailed ? this.props.instead(this.#retry) : this.props.children;
  }
}
