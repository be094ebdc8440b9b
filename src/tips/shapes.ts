/** What a tip looks like on the wire: to the enforcement team, as a line of a list, and by what lists are filtered. */
import { z } from 'zod'
import { fileView } from '../files/contract.js'
import { leadOutcomes, leadStates } from '../leads/states.js'
import { unitName } from '../people/contract.js'
import { date, districtCode, id, instant, line, searchText, version } from '../wire.js'
import { decisions, findings, tipStates, violations } from './words.js'

/** As the receipt says it. */
export const tipNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^JB\d{8}-[0-9A-Z]{5}$/, '编号像 JB20261126-K7M4Q，请照回执填写')

export const state = z.enum(tipStates)
export const violation = z.enum(violations)

/** A point on the map, where the informer chose one. */
export const point = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: line(100).optional(),
})

export const tipItem = z.strictObject({
  id,
  number: z.string(),
  state,
  violation,
  firmName: z.string(),
  districtCode: z.string().nullable(),
  submittedOn: date,
  /** The day that counts now: acceptance or conclusion; null when it is over. */
  dueOn: date.nullable(),
  isLate: z.boolean(),
  isProvisional: z.boolean(),
  isNamed: z.boolean(),
  wantsReward: z.boolean(),
  isPriority: z.boolean(),
  handler: z.string().nullable().describe('承办人'),
  unit: unitName.nullable(),
  version,
})

const entry = z.strictObject({
  id,
  verb: z.string(),
  at: instant,
  /** The official's name; 「举报人」 for the informer. */
  by: z.string(),
  text: z.string().nullable(),
  files: z.array(fileView),
})

export const tipView = tipItem.extend({
  creditCode: z.string().nullable(),
  address: z.string().nullable(),
  point: point.nullable(),
  happened: z.string().nullable(),
  text: z.string(),
  files: z.array(fileView),
  acceptBy: date,
  concludeBy: date.nullable(),
  finding: z.enum(findings).nullable(),
  facts: z.string().nullable(),
  decision: z.enum(decisions).nullable(),
  decisionNumber: z.string().nullable(),
  decidedOn: date.nullable(),
  penaltyFen: z.int().nullable(),
  reply: z.string().nullable(),
  /** Earlier tips on the same firm. */
  others: z.array(z.strictObject({ id, number: z.string(), state, submittedOn: date })),
  /** The tip that told the same matter first, as the handler found. */
  sameMatterAs: z.strictObject({ id, number: z.string() }).nullable(),
  priorityReason: z.string().nullable(),
  /** What branches were asked to check on site, as leads. */
  checks: z.array(
    z.strictObject({
      id,
      number: z.string(),
      state: z.enum(leadStates),
      unit: unitName,
      dueOn: date.nullable(),
      answeredOn: date.nullable(),
      outcome: z.enum(leadOutcomes).nullable(),
    }),
  ),
  timeline: z.array(entry),
  rewardId: id.nullable(),
  can: z.array(z.string()),
})

export const tipFilter = {
  states: z.array(state).optional(),
  due: z.enum(['soon', 'overdue']).optional(),
  violation: violation.optional(),
  districtCode: districtCode.optional(),
  isPriority: z.boolean().optional(),
  /** Only those a reward was wanted for. */
  wantsReward: z.boolean().optional(),
  mine: z.boolean().optional().describe('只看我承办的'),
  from: date.optional(),
  to: date.optional(),
  /** Number, or the beginning of the firm's name. */
  q: searchText.optional(),
}
