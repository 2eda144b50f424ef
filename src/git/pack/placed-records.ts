/** A word, or an array that the word in its place points to. */
export type Field = number | Uint32Array | Uint8Array;

/** Records in a row for which room was taken. */
export interface PlacedRecords {
  readonly at: number;
  readonly count: number;
  /** Every record's words: arrays are addresses. */
  readonly fields: readonly (readonly number[])[];
  fill(memory: WebAssembly.Memory): void;
}

/**
 * Takes room for structures of equally many fields, and for the arrays in them.
 * @param take hands out so many bytes
 */
export function placeRecords(
  records: readonly (readonly Field[])[],
  take: (bytes: number) => number,
): PlacedRecords {
  const width = records[0]?.length ?? 0;
  const at = take(records.length * width * 4);
  const places = records.map((fields) =>
    fields.map((field) => (typeof field === 'number' ? field : take(field.byteLength))),
  );
  return {
    at,
    count: records.length,
    fields: places,
    fill: (memory) => {
      new Uint32Array(memory.buffer, at, records.length * width).set(places.flat());
      for (const [i, fields] of records.entries()) {
        for (const [j, field] of fields.entries()) put(memory, field, places[i]?.[j] ?? 0);
      }
    },
  };
}

function put({ buffer }: WebAssembly.Memory, field: Field, at: number): void {
  if (typeof field === 'number') return;
  new Uint8Array(buffer, at, field.byteLength).set(
    new Uint8Array(field.buffer, field.byteOffset, field.byteLength),
  );
}
