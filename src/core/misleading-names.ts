const MISLEADING = ['toString', 'valueOf'];

/**
 * Whether some object in parsed data has a field that stands in the way of its conversion to a text or a number. Checking
 * such data against a schema throws, because lengths are compared before types are known to be right.
 */
export function hasMisleadingName(data: unknown): boolean {
  const left: unknown[] = [data];
  for (let value = left.pop(); left.length > 0 || value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (MISLEADING.some((name) => Object.hasOwn(value, name))) return true;
    for (const part of Object.values(value)) if (typeof part === 'object') left.push(part);
  }
  return false;
}
