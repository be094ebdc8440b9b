/** Who takes part in a recorded history, and what the rules say each may do: written from the rules, not from policy.ts. */

/** The firm's two, a member of another firm, and staff: the officer is away, with a stand-in. */
export const everybody = [
  'asker',
  'partner',
  'stranger',
  'officer',
  'standIn',
  'leader',
  'supervisor',
  'other',
] as const
export type Who = (typeof everybody)[number]

export const staffPosts = {
  officer: { role: 'officer', unit: 'tiexi' },
  standIn: { role: 'officer', unit: 'tiexi' },
  leader: { role: 'leader', unit: 'tiexi' },
  supervisor: { role: 'supervisor', unit: 'approval' },
  /** The only officer of another branch. */
  other: { role: 'officer', unit: 'heping' },
} as const
export type StaffName = keyof typeof staffPosts

export const isStaff = (who: Who): who is StaffName => Object.hasOwn(staffPosts, who)
export const isOfTheFirm = (who: Who) => who === 'asker' || who === 'partner'

/** 代岗: who acts for whom while they are away. */
export const standsInFor: Partial<Record<Who, StaffName>> = { standIn: 'officer' }
export const actingFor: Partial<Record<StaffName, StaffName>> = { officer: 'standIn' }

/** What decides who reaches a case. */
export interface Whereabouts {
  unit: string
  officer: StaffName
  /** Units that handed it on. */
  handedOn: readonly string[]
  assisting: Readonly<Record<string, boolean>>
}

export const isInCharge = (who: Who, { officer }: Whereabouts): boolean =>
  isStaff(who) && (who === officer || standsInFor[who] === officer)

const unitOf = (who: Who) => (isStaff(who) ? staffPosts[who].unit : undefined)
const isOfficer = (who: Who) => isStaff(who) && staffPosts[who].role === 'officer'
const isLeader = (who: Who) => isStaff(who) && staffPosts[who].role === 'leader'
const isSupervisor = (who: Who) => isStaff(who) && staffPosts[who].role === 'supervisor'
const isOfUnit = (who: Who, { unit }: Whereabouts) => !isSupervisor(who) && unitOf(who) === unit
const assists = (who: Who, { assisting }: Whereabouts) => Object.hasOwn(assisting, unitOf(who) ?? '')
const handedItOn = (who: Who, { handedOn }: Whereabouts) => handedOn.includes(unitOf(who) ?? '')

export const sees = (who: Who, where: Whereabouts): boolean =>
  isOfTheFirm(who) ||
  isSupervisor(who) ||
  isInCharge(who, where) ||
  isOfUnit(who, where) ||
  assists(who, where) ||
  handedItOn(who, where)

/** Who may ever do a verb, and where. */
interface Power {
  ever(who: Who): boolean
  here(who: Who, where: Whereabouts): boolean
}

/** Everybody is somebody of a firm, officials too, so that these are refused only where the case is not theirs. */
const theFirm: Power = { ever: () => true, here: isOfTheFirm }
const inCharge: Power = { ever: isStaff, here: isInCharge }
const leads = (who: Who, where: Whereabouts) => isLeader(who) && isOfUnit(who, where)
const above: Power = {
  ever: (who) => isLeader(who) || isSupervisor(who),
  here: (who, where) => leads(who, where) || isSupervisor(who),
}
const inChargeOrAbove: Power = {
  ever: isStaff,
  here: (who, where) => isInCharge(who, where) || above.here(who, where),
}

export const powers = {
  'case.read': { ever: () => true, here: sees },
  'case.supply': theFirm,
  'case.urge': theFirm,
  'case.withdraw': { ever: () => true, here: (who) => who === 'asker' },
  'case.close': theFirm,
  'case.rate': theFirm,
  'case.reopen': theFirm,
  'case.sign': inCharge,
  'case.askMore': inCharge,
  'case.answer': inCharge,
  'case.extend': inCharge,
  'case.decline': inCharge,
  'case.note': {
    ever: isStaff,
    here: (who, where) => isInCharge(who, where) || isOfUnit(who, where) || assists(who, where) || isSupervisor(who),
  },
  'case.transfer': inChargeOrAbove,
  'case.assist': inChargeOrAbove,
  'case.assistReply': { ever: isStaff, here: assists },
  'case.agreeExtension': { ever: isSupervisor, here: isSupervisor },
  'case.agreeDecline': above,
  'case.assign': above,
  // A leader releases what is in the branch, not what is theirs elsewhere: there is no such case.
  'case.release': {
    ever: isStaff,
    here: (who, where) => (isOfficer(who) && isInCharge(who, where)) || above.here(who, where),
  },
} as const satisfies Record<string, Power>

export type Verb = keyof typeof powers
export const verbs = Object.keys(powers) as Verb[]

/** As the service asks: may they ever, do they see it, may they here. */
export function refusalFor(who: Who, verb: Verb, where: Whereabouts): 'forbidden' | 'notFound' | undefined {
  const power: Power = powers[verb]
  if (!power.ever(who)) return 'forbidden'
  if (!sees(who, where)) return 'notFound'
  return power.here(who, where) ? undefined : 'forbidden'
}
