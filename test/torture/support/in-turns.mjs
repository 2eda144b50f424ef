/** Works on items, `width` at a time, and gives each result as it comes. */
export async function* inTurns(items, width, work) {
  const left = [...items];
  const running = new Set();
  const begin = () => {
    const item = left.shift();
    if (item === undefined) return;
    const one = work(item).then((result) => ({ result, one }));
    running.add(one);
  };
  for (let i = 0; i < width; i += 1) begin();
  while (running.size > 0) {
    const { result, one } = await Promise.race(running);
    running.delete(one);
    begin();
    yield result;
  }
}
