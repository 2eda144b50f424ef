// What a scan runs in, and a known key.
export const quietContext = {
  signal: new AbortController().signal,
  clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
  progress: { note: () => undefined, detail: () => undefined },
};

export const knownKey = (secret) => ({ secret, fingerprint: secret.fingerprint() });
