/** Of tips, and of what hangs on them, only those read the trail who may read tips. */
import type { Grant } from '../people/actor.js'

const KINDS = /^(tip|reward|payout|money|reconciliation)/

/** Whether entries or jobs of that kind are kept from whoever holds the grants. */
export const isKeptKind = (kind: string, grants: readonly Pick<Grant, 'role'>[]): boolean =>
  KINDS.test(kind) && !grants.some(({ role }) => role === 'supervisor')
