/** Every verb's server side. A verb of the contract without one does not compile. */
import { applicationVerbs } from './applications/verbs.js'
import { auditVerbs } from './audit/verbs.js'
import { boardVerbs } from './board/verbs.js'
import { calendarVerbs } from './calendar/verbs.js'
import { caseVerbs } from './cases/verbs.js'
import type { Verb } from './contract.js'
import { guideVerbs } from './guides/verbs.js'
import { handoverVerbs } from './handovers/verbs.js'
import { excelVerbs } from './excel/handlers.js'
import type { Served } from './http/serve.js'
import { indicatorVerbs } from './indicators/verbs.js'
import { leadVerbs } from './leads/verbs.js'
import { noticeVerbs } from './notices/verbs.js'
import { pathVerbs } from './paths/handlers.js'
import { peopleVerbs } from './people/verbs.js'
import { projectVerbs } from './projects/verbs.js'
import { serviceSheetVerbs } from './serviceSheets/verbs.js'
import { rewardVerbs } from './rewards/verbs.js'
import { taskForceVerbs } from './taskForce/verbs.js'
import { tipVerbs } from './tips/verbs.js'
import { visitVerbs } from './visits/verbs.js'
import { wordVerbs } from './words/verbs.js'

export const verbs: Record<Verb, Served> = {
  ...peopleVerbs,
  ...boardVerbs,
  ...indicatorVerbs,
  ...guideVerbs,
  ...pathVerbs,
  ...projectVerbs,
  ...serviceSheetVerbs,
  ...noticeVerbs,
  ...calendarVerbs,
  ...auditVerbs,
  ...excelVerbs,
  ...caseVerbs,
  ...applicationVerbs,
  ...visitVerbs,
  ...taskForceVerbs,
  ...handoverVerbs,
  ...leadVerbs,
  ...tipVerbs,
  ...rewardVerbs,
  ...wordVerbs,
}
