// The query of the page's address.

/** As it is now. What is drawn may be a step behind: the router draws a new address when there is time. */
export function addressNow(): URLSearchParams {
  return new URLSearchParams(window.location.search);
}

/** The same with another value of one parameter; empty: without it. */
export function withParameter(address: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(address);
  if (value === '') next.delete(name);
  else next.set(name, value);
  return next;
}
