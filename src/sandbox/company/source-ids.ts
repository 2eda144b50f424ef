/** The ids that the demo's configuration gives to its sources. */
export const VIDEO_SOURCE = 'video-prod';
export const VIDBEO_SOURCE = 'vidbeo';
export const XR_SOURCE = 'xr';
