/** The name of a file in `_astro/` that a step after the build rewrote: a new one, since browsers may keep a file for ever. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

export function hashedName(old, content) {
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 8);
  return `${basename(old).split('.')[0]}.${hash}${old.slice(old.lastIndexOf('.'))}`;
}
