/**
 * Names become paths on this machine and parts of URLs, so they are checked wherever they come from.
 * The sets of characters are GitHub's own.
 */
export const isOwnerName = (text: string): boolean => /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})$/.test(text);

export const isRepositoryName = (text: string): boolean =>
  /^[A-Za-z0-9._-]{1,100}$/.test(text) && text !== '.' && text !== '..';
