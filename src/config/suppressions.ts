import { z } from 'zod';
import type { Suppression } from '../core/policy.js';

const field = z.string().max(2000).catch('');
const schema = z
  .looseObject({
    rule: field,
    subject: field,
    reason: field,
    statement: field,
    owner: field,
    created: field,
    expires: field,
  })
  .catch({ rule: '', subject: '', reason: '', statement: '', owner: '', created: '', expires: '' });

/** Takes a suppression as written; what is missing or of another type is empty, so that it will not count. */
export function suppressionOf(written: unknown, at: Suppression['at']): Suppression {
  const { rule, subject, reason, statement, owner, created, expires } = schema.parse(written);
  return { rule, subject, reason, statement, owner, created, expires, at };
}
