/** The people of a help request: a firm with two members and a project, its officer and who stands beside and above. */
import type { Api } from '../../src/contract.js'
import { firm, member, project, type StaffMember, staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

export type CaseView = Api['case.read']['output']
export type Submission = Partial<Api['case.submit']['input']>

export const at = (day: string, time = '12:00') => `${day}T${time}:00+08:00`

export interface Stage {
  w: World
  officer: StaffMember
  colleague: StaffMember
  leader: StaffMember
  supervisor: StaffMember
  asker: Caller
  /** Another verified member of the same firm. */
  partner: Caller
  /** A member of another firm. */
  stranger: Caller
  enterpriseId: string
  projectId: string
  /** What the asker submits; for the project unless told otherwise. */
  submit(fields?: Submission, key?: string): Promise<CaseView>
  /** A case signed by the project's officer. */
  signed(fields?: Submission): Promise<CaseView>
  answered(fields?: Submission): Promise<CaseView>
  /** Titles of the notices that somebody has about a case. */
  told(who: Caller, subjectId: string): Promise<string[]>
}

export async function stage(database: string, day = '2026-11-23'): Promise<Stage> {
  const w = await world(database, { at: at(day) })
  const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
  const colleague = await staff(w, { role: 'officer', unitId: 'tiexi' })
  const leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
  const supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
  const enterpriseId = (await firm(w)).id
  const asker = await member(w, enterpriseId)
  const partner = await member(w, enterpriseId)
  const stranger = await member(w, (await firm(w)).id)
  const projectId = (await project(w, { enterpriseId, unitId: 'tiexi', officerPostId: officer.postId })).id
  const submit = (fields: Submission = {}, key?: string) =>
    asker.call(
      'case.submit',
      { category: 'procedure', title: '报告表要准备什么', text: '请问要哪些材料？', projectId, fileIds: [], ...fields },
      key,
    )
  const signed = async (fields: Submission = {}) => {
    const { id } = await submit(fields)
    return officer.caller.call('case.sign', { id })
  }
  const answered = async (fields: Submission = {}) => {
    const { id } = await signed(fields)
    return officer.caller.call('case.answer', { id, text: '需要申请书和报告表两件。', fileIds: [] })
  }
  const told = async (who: Caller, subjectId: string) => {
    const { items } = await who.call('notice.list', { limit: 100 })
    return items.filter((notice) => notice.subjectId === subjectId).map(({ title }) => title)
  }
  return {
    w,
    officer,
    colleague,
    leader,
    supervisor,
    asker,
    partner,
    stranger,
    enterpriseId,
    projectId,
    submit,
    signed,
    answered,
    told,
  }
}
