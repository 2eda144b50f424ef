import { PACKERS } from './archives.js';
import { type Bed, surround } from './bed.js';
import { anyForm, folder, onBranch, onHead, place, plainForm, type Planter } from './planter.js';
import { wideFile } from './written-values.js';

const inFileOfHead: Planter = (bed, id) => {
  const form = anyForm(bed, id);
  const text = surround(form, bed.draw);
  const path = `${folder(bed)}head-${id}.txt`;
  const commit = onHead(bed, { message: 'Add', files: { [path]: { bytes: text.bytes } } });
  return {
    what: 'a file of HEAD',
    value: form.value,
    expected: { ...place(text, form.encoding), path, commit, inHead: true },
  };
};

const inDeletedFile: Planter = (bed, id) => {
  const form = anyForm(bed, id);
  const text = surround(form, bed.draw);
  const path = `${folder(bed)}gone-${id}.txt`;
  const commit = onHead(bed, { message: 'Add', files: { [path]: { bytes: text.bytes } } });
  onHead(bed, { message: 'Remove', files: { [path]: undefined } });
  return {
    what: 'a file that was deleted',
    value: form.value,
    expected: { ...place(text, form.encoding), path, commit, inHead: false },
  };
};

const inManyVersions: Planter = (bed, id) => {
  const form = anyForm(bed, id);
  const path = `${folder(bed)}versions-${id}.txt`;
  const lines = bed.draw.lines(80);
  onHead(bed, { message: 'Clean', files: { [path]: { bytes: lines.join('\n') } } });
  const commits = Array.from({ length: 2 + bed.draw.below(6) }, (_, i) => {
    lines.splice(bed.draw.below(20), 1, ...bed.draw.lines(3));
    const bytes = Buffer.concat([
      Buffer.from(`${lines.join('\n')}\nkey=`),
      form.bytes,
      Buffer.from('\nend\n'),
    ]);
    return {
      line: lines.length + 1,
      mark: onHead(bed, { message: `Version ${i}`, files: { [path]: { bytes } } }),
    };
  });
  const [first, last] = [commits[0], commits.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError('expected versions');
  return {
    what: 'a file of many versions',
    value: form.value,
    expected: {
      kind: 'file',
      encoding: form.encoding,
      path,
      commit: first.mark,
      line: last.line,
      column: 'key='.length + form.begins + 1,
      inHead: true,
    },
  };
};

const onOtherBranch: Planter = (bed, id) => {
  const form = anyForm(bed, id);
  const text = surround(form, bed.draw);
  const path = `${folder(bed)}side-${id}.txt`;
  const commit = onBranch(bed, id, { message: 'Side', files: { [path]: { bytes: text.bytes } } });
  return {
    what: 'a file of another branch',
    value: form.value,
    expected: { ...place(text, form.encoding), path, commit, inHead: false },
  };
};

const byMergeOnly: Planter = (bed, id) => {
  const form = anyForm(bed, id);
  const text = surround(form, bed.draw);
  const path = `merged-${id}.txt`;
  const side = onBranch(bed, id, { message: 'Side', files: { [path]: { bytes: 'theirs' } } });
  const ours = onHead(bed, { message: 'Ours', files: { [path]: { bytes: 'ours' } } });
  const commit = bed.stream.commit({
    ref: bed.head.ref,
    from: [ours, side],
    message: 'Merge',
    files: { [path]: { bytes: text.bytes } },
  });
  bed.head.tip = commit;
  return {
    what: 'what only a merge brought',
    value: form.value,
    expected: { ...place(text, form.encoding), path, commit, inHead: true },
  };
};

/** Refs that are no branch: notes, stashes, pull requests. */
const underRef =
  (what: string, refOf: (id: string) => string): Planter =>
  (bed, id) => {
    const form = anyForm(bed, id);
    const text = surround(form, bed.draw);
    const path = `ref-${id}`;
    const commit = bed.stream.commit({
      ref: refOf(id),
      from: [bed.draw.from(bed.commits)],
      message: what,
      files: { [path]: { bytes: text.bytes } },
    });
    return {
      what,
      value: form.value,
      expected: { ...place(text, form.encoding), path, commit, inHead: false },
    };
  };

const inUnreachableCommit: Planter = (bed, id) => {
  const ref = `refs/temporary/${id}`;
  return { ...underRef('a commit that was amended away', () => ref)(bed, id) };
};

const inLinkTarget: Planter = (bed, id) => {
  const form = plainForm(bed, id);
  const commit = onHead(bed, {
    message: 'Link',
    files: { [`link-${id}`]: { mode: '120000', bytes: `/srv/${form.value}` } },
  });
  return {
    what: 'the target of a link',
    value: form.value,
    expected: { kind: 'file', path: `link-${id}`, commit, line: 1, column: 6, inHead: true },
  };
};

const inFileThatBecameLink: Planter = (bed, id) => {
  const form = anyForm(bed, id);
  const text = surround(form, bed.draw);
  const path = `became-${id}`;
  const commit = onHead(bed, { message: 'File', files: { [path]: { bytes: text.bytes } } });
  onHead(bed, { message: 'Link', files: { [path]: { mode: '120000', bytes: '../elsewhere' } } });
  return {
    what: 'a file that became a link',
    value: form.value,
    expected: { ...place(text, form.encoding), path, commit, inHead: false },
  };
};

const inWideFile: Planter = (bed, id) => {
  const { value } = plainForm(bed, id);
  const { bytes, encoding } = wideFile(value, bed.draw.from(['le', 'be']));
  const path = `wide-${id}.ini`;
  const commit = onHead(bed, { message: 'Wide', files: { [path]: { bytes } } });
  return {
    what: `a file in ${encoding}`,
    value,
    expected: { kind: 'file', encoding, path, commit, line: 2, inHead: true },
  };
};

const inMessage =
  (what: string, grow: (bed: Bed, id: string, message: Buffer) => string): Planter =>
  (bed, id) => {
    const form = anyForm(bed, id);
    const before = `${bed.draw.lines(1)[0]}\n\n${bed.draw.lines(bed.draw.below(5)).join('\n')}\nwith `;
    const commit = grow(bed, id, Buffer.concat([Buffer.from(before), form.bytes, Buffer.from(' in it\n')]));
    return {
      what,
      value: form.value,
      expected: {
        kind: 'commit-message',
        encoding: form.encoding,
        commit,
        line: before.split('\n').length,
        column: 'with '.length + form.begins + 1,
      },
    };
  };

const inTagMessage: Planter = (bed, id) => {
  const form = anyForm(bed, id);
  const message = Buffer.concat([Buffer.from('Release\n\nuse '), form.bytes, Buffer.from('\n')]);
  bed.stream.tag(`planted-${id}`, bed.draw.from(bed.commits), message);
  return {
    what: 'the message of a tag',
    value: form.value,
    expected: { kind: 'tag-message', encoding: form.encoding, line: 3, column: 5 + form.begins },
  };
};

const inRefName =
  (what: string, prefix: string): Planter =>
  (bed, id) => {
    const { value } = plainForm(bed, id);
    bed.stream.reset(`${prefix}${id}-${value}`, bed.draw.from(bed.commits));
    const name = `${prefix}${id}-`;
    return {
      what,
      value,
      expected: { kind: 'ref-name', path: `${name}[redacted]`, column: name.length + 1 },
    };
  };

const inPathName: Planter = (bed, id) => {
  const { value } = plainForm(bed, id);
  const [before, after] = bed.draw.from([
    ['names/', '/a.txt'],
    ['names/x ', '.txt'],
    ['', ''],
  ]) as [string, string];
  const path = `${before}${value}${after}`;
  const commit = onHead(bed, { message: 'Name', files: { [path]: { bytes: `nothing ${id}` } } });
  const shown = after.startsWith('/') ? `${before}[redacted]` : `${before}[redacted]${after}`;
  return {
    what: 'the name of a file or folder',
    value,
    expected: { kind: 'path-name', path: shown, commit, inHead: true },
  };
};

const inIdentity =
  (role: 'author' | 'committer'): Planter =>
  (bed, id) => {
    const { value } = plainForm(bed, id);
    const commit = onBranch(bed, id, { message: 'Work', [role]: `Ann ${value}` });
    return { what: `the ${role} of a commit`, value, expected: { kind: 'identity', commit } };
  };

const inSubmoduleUrl: Planter = (bed, id) => {
  const { value } = plainForm(bed, id);
  const text = `[submodule "x"]\n\tpath = x\n\turl = https://${value}@git.example/x.git\n`;
  const path = `${id}/.gitmodules`;
  const commit = onBranch(bed, id, { message: 'Module', files: { [path]: { bytes: text } } });
  return {
    what: 'the address of a submodule',
    value,
    expected: { kind: 'file', path, commit, line: 3, column: 16, inHead: false },
  };
};

const inArchive: Planter = (bed, id) => {
  const form = anyForm(bed, id);
  const text = surround(form, bed.draw);
  const { inside, pack } = bed.draw.from(PACKERS);
  const path = `${folder(bed)}archive-${id}`;
  const commit = onHead(bed, { message: 'Pack', files: { [path]: { bytes: pack(text.bytes) } } });
  return {
    what: `an archive${inside}`,
    value: form.value,
    expected: {
      ...place(text, form.encoding),
      kind: 'archive-entry',
      path: path + inside,
      commit,
      inHead: true,
    },
  };
};

/** Every place of a history. */
export const PLANTERS: readonly Planter[] = [
  inFileOfHead,
  inDeletedFile,
  inManyVersions,
  onOtherBranch,
  byMergeOnly,
  underRef('a note', (id) => `refs/notes/${id}`),
  underRef('a stash', (id) => `refs/stash-${id}`),
  underRef('a pull request', (id) => `refs/pull/${id}/head`),
  inUnreachableCommit,
  inLinkTarget,
  inFileThatBecameLink,
  inWideFile,
  inMessage('a commit message', (bed, _id, message) => onHead(bed, { message })),
  inMessage('the message of a merge', (bed, id, message) => {
    const side = onBranch(bed, id, { message: 'Side' });
    bed.head.tip = bed.stream.commit({ ref: bed.head.ref, from: [bed.head.tip, side], message });
    return bed.head.tip;
  }),
  inMessage('the message of a commit that only deletes', (bed, id, message) => {
    onHead(bed, { message: 'Add', files: { [`doomed-${id}`]: { bytes: 'x' } } });
    return onHead(bed, { message, files: { [`doomed-${id}`]: undefined } });
  }),
  inTagMessage,
  inRefName('the name of a branch', 'refs/heads/fix/'),
  inRefName('the name of a tag', 'refs/tags/v'),
  inPathName,
  inIdentity('author'),
  inIdentity('committer'),
  inSubmoduleUrl,
  inArchive,
  inArchive,
];
