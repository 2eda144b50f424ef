/** Every report by the name that `--format` takes. */
export const REPORT_FORMATS = ['sarif', 'markdown', 'html', 'json', 'junit', 'csv'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];
