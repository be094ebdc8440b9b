/** WHAT FOLLOWS FROM WHAT, AND WHEN: every consequence of a verb or a job, and the timetable. */
import type { NewJob } from './audit/queue.js'
import { everyDay, type Slot } from './audit/timetable.js'
import { houseJobs } from './audit/jobs.js'
import type { AnyJob } from './audit/jobKind.js'
import type { Verb } from './contract.js'
import type { Actor } from './people/actor.js'

/** What has just been committed to: `actor` is undefined where a job did it. */
export interface Event {
  // oxlint-disable-next-line typescript/no-explicit-any
  input: any
  // oxlint-disable-next-line typescript/no-explicit-any
  output: any
  // oxlint-disable-next-line typescript/no-explicit-any
  target: any
  actor: Actor | undefined
  now: Date
}

/** The jobs that an event asks for; none where it returns null. */
type Payload = (event: Event) => Omit<NewJob, 'kind'>['payload'] | null
interface Consequence {
  cause: string
  kind: string
  payload: Payload
}
const after = (cause: Verb | (string & {}), kind: string, payload: Payload): Consequence => ({ cause, kind, payload })

export const consequences: readonly Consequence[] = [after('session.login', 'house.nothing', () => null)]

export const timetable: readonly Slot[] = [
  everyDay('02:00', 'house.forgetKeys'), // idempotency keys and done jobs of more than a week
  everyDay('02:30', 'audit.digest'), // the signed digest of all chains, outside the database
]

export const jobs: Readonly<Record<string, AnyJob>> = {
  ...houseJobs,
}

const byCause = new Map<string, Consequence[]>()
for (const one of consequences) byCause.set(one.cause, [...(byCause.get(one.cause) ?? []), one])

export function consequencesOf(cause: string, event: Event): NewJob[] {
  return (byCause.get(cause) ?? []).flatMap(({ kind, payload }) => {
    const content = payload(event)
    return content === null ? [] : [{ kind, payload: content }]
  })
}
