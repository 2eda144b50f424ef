/** A string that was checked to be what its name says; only its maker may create one. */
export type Brand<T extends string> = string & { readonly __brand: T };

/** The id of a source, as the configuration names it (`video-prod`). */
export type SourceId = Brand<'SourceId'>;
/** A vendor's short name, as providers register it (`api-video`). */
export type VendorId = Brand<'VendorId'>;
/** A key's id at its vendor; unique within a source. Never a key's value. */
export type KeyId = Brand<'KeyId'>;

export const sourceId = (text: string): SourceId => text as SourceId;
export const vendorId = (text: string): VendorId => text as VendorId;
export const keyId = (text: string): KeyId => text as KeyId;
