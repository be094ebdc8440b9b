/** The tables of visits. */
import { Visit } from './visit.js'
import { VisitEnterprise } from './visitEnterprise.js'
import { VisitFinding } from './visitFinding.js'
import { VisitPause } from './visitPause.js'
import { VisitStaff } from './visitStaff.js'

export const visitEntities = [Visit, VisitEnterprise, VisitStaff, VisitFinding, VisitPause]
