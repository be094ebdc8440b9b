/** Tokens are kept only as hashes: 256 random bits need no salt. */
import { createHash } from 'node:crypto'

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
