/** Every verb with its input and output: the one source of validation, of OpenAPI and of the mini-program's types. */
import type { z } from 'zod'
import { applicationContract } from './applications/contract.js'
import { auditContract } from './audit/contract.js'
import { boardContract } from './board/contract.js'
import { calendarContract } from './calendar/contract.js'
import { caseContract } from './cases/contract.js'
import { excelContract } from './excel/contract.js'
import { guideContract } from './guides/contract.js'
import { handoverContract } from './handovers/contract.js'
import { indicatorContract } from './indicators/contract.js'
import { leadContract } from './leads/contract.js'
import { noticeContract } from './notices/contract.js'
import { pathContract } from './paths/contract.js'
import { peopleContract } from './people/contract.js'
import { rewardContract } from './rewards/contract.js'
import { projectContract } from './projects/contract.js'
import { serviceSheetContract } from './serviceSheets/contract.js'
import { taskForceContract } from './taskForce/contract.js'
import { tipContract } from './tips/contract.js'
import { visitContract } from './visits/contract.js'
import { wordContract } from './words/contract.js'

export const contract = {
  ...peopleContract,
  ...boardContract,
  ...indicatorContract,
  ...guideContract,
  ...pathContract,
  ...projectContract,
  ...serviceSheetContract,
  ...noticeContract,
  ...calendarContract,
  ...auditContract,
  ...excelContract,
  ...caseContract,
  ...applicationContract,
  ...visitContract,
  ...taskForceContract,
  ...handoverContract,
  ...leadContract,
  ...tipContract,
  ...rewardContract,
  ...wordContract,
}

export type Verb = keyof typeof contract
export type Input<V extends Verb> = z.output<(typeof contract)[V]['input']>
export type Output<V extends Verb> = z.input<(typeof contract)[V]['output']>
/** What a client sends and receives. */
export type Api = {
  [V in Verb]: { input: z.input<(typeof contract)[V]['input']>; output: z.output<(typeof contract)[V]['output']> }
}
