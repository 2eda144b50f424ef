/** A whole number with thousands separated, the same in every locale: `1,234`. */
export const numberText = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** `1 key`, `1,234 keys`; the plural is the singular and an `s` unless given. */
export const counted = (value: number, singular: string, plural = `${singular}s`): string =>
  `${numberText(value)} ${value === 1 ? singular : plural}`;
