// For which firms somebody speaks, and about which of them a list is asked.
import type { Me } from './api'

type Membership = Me['enterprises'][number]

export interface FirmChip {
  /** Its id; empty for all of them. */
  value: string
  text: string
}

/** Whether there is a firm to ask about: none, one that waits to be verified, or one that is. */
export type Standing = 'none' | 'pending' | 'verified'

/** The person belongs to the firm, or waits to be verified; who was refused or has left does not. */
export const isMember = ({ state }: Pick<Membership, 'state'>): boolean => state === 'pending' || state === 'verified'

export const verifiedFirms = (me: Me | null): Membership['enterprise'][] =>
  (me?.enterprises ?? []).filter(({ state }) => state === 'verified').map(({ enterprise }) => enterprise)

export function standingOf(me: Me | null): Standing {
  if (verifiedFirms(me).length > 0) return 'verified'
  return (me?.enterprises ?? []).some(({ state }) => state === 'pending') ? 'pending' : 'none'
}

/**
 * The firms to choose among, none where there is nothing to choose, and the one that is asked about. Who also has a post
 * would be answered about the whole branch: for them it is always one firm.
 */
export function firmChoice(me: Me | null, chosen = ''): { firms: FirmChip[]; enterpriseId: string } {
  const own = verifiedFirms(me).map(({ id, name }) => ({ value: id, text: name }))
  const isStaff = (me?.posts.length ?? 0) > 0
  const kept = own.some(({ value }) => value === chosen) ? chosen : ''
  const firms = own.length < 2 ? [] : isStaff ? own : [{ value: '', text: '全部企业' }, ...own]
  return { firms, enterpriseId: kept || (isStaff ? (own[0]?.value ?? '') : '') }
}
