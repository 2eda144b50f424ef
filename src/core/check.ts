/** One thing that `doctor` looked at. */
export interface Check {
  readonly level: 'ok' | 'warn' | 'fail';
  /** A source, a file or a host. */
  readonly about: string;
  /** What was found. */
  readonly found: string;
  /** What to do; present unless `ok`. */
  readonly next?: string;
  /** Of a fault: whether people here can mend it, or something could not be reached or read. */
  readonly fault?: 'configuration' | 'reading';
}
