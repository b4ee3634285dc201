import { createElement } from 'react';
import { prerender } from 'react-dom/static';
import { expect, it, vi } from 'vitest';
import { forgetFailedLoads, lazily } from './lazily';

/** A part whose chunk comes only from the given try on. */
function part(comesAt: number) {
  const load = vi.fn(() =>
    load.mock.calls.length < comesAt
      ? Promise.reject(new Error('no chunk'))
      : Promise.resolve({ default: ({ name }: { name: string }) => createElement('b', null, name) }),
  );
  return { load, Part: lazily(load) };
}

async function shown(Part: ReturnType<typeof part>['Part']): Promise<string> {
  const { prelude } = await prerender(createElement(Part, { name: 'Here it is' }), { onError: () => undefined });
  return new Response(prelude).text();
}

it('is loaded once', async () => {
  const { load, Part } = part(1);
  expect(await shown(Part)).toContain('Here it is');
  expect(await shown(Part)).toContain('Here it is');
  expect(load).toHaveBeenCalledOnce();
});

it('fails once only, and is asked for again after that is forgotten', async () => {
  const { load, Part } = part(2);
  await expect(shown(Part)).rejects.toThrow('no chunk');
  await expect(shown(Part)).rejects.toThrow('no chunk');
  expect(load).toHaveBeenCalledOnce();
  forgetFailedLoads();
  expect(await shown(Part)).toContain('Here it is');
  expect(load).toHaveBeenCalledTimes(2);
});
