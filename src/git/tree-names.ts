const SPACE = 32;

/** The names in a directory's object: each entry is `<mode> <name>`, a NUL, and an id of `idBytes` bytes. */
export function* namesInTree(tree: Buffer, idBytes: number): Generator<Buffer, void> {
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(SPACE, at);
    const end = space < 0 ? -1 : tree.indexOf(0, space);
    if (end < 0) return;
    yield tree.subarray(space + 1, end);
    at = end + 1 + idBytes;
  }
}
