// Every reader that is given broken and hostile inputs: { name, make(random) -> input, run(input) }, where `run` throws,
// or its promise fails, when a promise of that reader is broken. Refusing an input is no fault.
import archives from './archives.mjs';
import git from './git.mjs';
import github from './github.mjs';
import records from './records.mjs';
import texts from './texts.mjs';
import vendors from './vendors.mjs';
import yaml from './yaml.mjs';

export const TARGETS = [...yaml, ...records, ...archives, ...vendors, ...github, ...git, ...texts];
