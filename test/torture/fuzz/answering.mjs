// An undici dispatcher without a network: every request gets what `reply` says, through undici's own reading of answers.
import { Dispatcher } from 'undici';

export class Answering extends Dispatcher {
  #reply;

  /** @param reply (path) => { status?, headers?, body } */
  constructor(reply) {
    super();
    this.#reply = reply;
  }

  dispatch(options, handler) {
    const { status = 200, headers = {}, body } = this.#reply(options.path);
    const all = { 'content-type': 'application/json', ...headers };
    const raw = Object.entries(all).flatMap(([name, value]) => [
      Buffer.from(name),
      Buffer.from(value, 'latin1'),
    ]);
    handler.onConnect(() => undefined, null);
    handler.onHeaders(status, raw, () => undefined, '');
    handler.onData(Buffer.from(body));
    handler.onComplete([]);
    return true;
  }

  close() {
    return Promise.resolve();
  }

  destroy() {
    return Promise.resolve();
  }
}

/** A clock on which waiting takes no time. */
export function jumpingClock() {
  let nowMs = Date.parse('2026-11-01T00:00:00Z');
  return {
    now: () => nowMs,
    sleep(ms) {
      nowMs += ms;
      return Promise.resolve();
    },
  };
}

export const quiet = () => ({
  signal: new AbortController().signal,
  clock: jumpingClock(),
  progress: { note: () => undefined, detail: () => undefined },
});
