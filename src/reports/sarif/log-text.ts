import { jsonText } from '../../core/json-text.js';
import type { PlannedRun } from './run.js';

const HEAD = '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[';

/** A SARIF file in pieces, one line a result. `results` is always there, also when it is empty. */
export function* logText(runs: readonly PlannedRun[]): Generator<string> {
  yield HEAD;
  let separator = '\n';
  for (const { run, results } of runs) {
    yield `${separator}${jsonText(run).slice(0, -1)},"results":[`;
    let between = '\n';
    for (const result of results()) {
      yield between + jsonText(result);
      between = ',\n';
    }
    yield ']}';
    separator = ',\n';
  }
  yield '\n]}\n';
}
