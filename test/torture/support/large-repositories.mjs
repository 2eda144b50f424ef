export const LARGE_CASES = [];
