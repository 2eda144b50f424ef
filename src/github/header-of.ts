/** One of an answer's headers. */
export const headerOf = (headers: unknown, name: string): string | undefined => {
  const entries = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  const value: unknown = entries.find(([key]) => key === name)?.[1];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
};
