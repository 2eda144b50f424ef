// What the program is asked.

/** Whether some bytes, the whole of a version or a part, hold anything that is looked for. */
@external("env", "judge")
export declare function judge(data: usize, len: u32, isWhole: bool): bool;

/** Opens what may be an archive; whether that needs a closer look. */
@external("env", "judgeArchive")
export declare function judgeArchive(data: usize, len: u32): bool;
