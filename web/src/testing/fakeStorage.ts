// As much of a Storage as is used, with its keys as properties, like a real one.
export function fakeStorage(): Storage {
  const kept: Record<string, string> = {};
  return new Proxy(kept, {
    get: (_kept, name) =>
      ({
        getItem: (key: string) => kept[key] ?? null,
        setItem: (key: string, text: string) => void (kept[key] = text),
        removeItem: (key: string) => void delete kept[key],
      })[String(name)],
  }) as unknown as Storage;
}
