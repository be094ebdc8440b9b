/** A window with its people: who takes in, who stands beside and above, and the firm that applies. */
import type { Api } from '../../src/contract.js'
import { firm, member, project, type StaffMember, staff } from '../factories.js'
import { type Caller, type World, world } from '../world.js'

export type View = Api['application.read']['output']
export const at = (day: string, time = '12:00') => `${day}T${time}:00+08:00`

export const APPLICATION = '报批申请'
export const FORM = '生态环境影响报告表'

export interface Window {
  w: World
  officer: StaffMember
  colleague: StaffMember
  leader: StaffMember
  supervisor: StaffMember
  /** Of another branch. */
  elsewhere: StaffMember
  applicant: Caller
  stranger: Caller
  enterpriseId: string
  projectId: string
  guideId: string
  /** Taken in by the officer, with the materials named; both, unless told otherwise. */
  receive(present?: readonly string[], fields?: Partial<Api['application.receive']['input']>): Promise<View>
  told(who: Caller, subjectId: string): Promise<string[]>
}

export async function windowOf(database: string, day = '2026-11-23'): Promise<Window> {
  const w = await world(database, { at: at(day) })
  const officer = await staff(w, { role: 'officer', unitId: 'tiexi' })
  const colleague = await staff(w, { role: 'officer', unitId: 'tiexi' })
  const leader = await staff(w, { role: 'leader', unitId: 'tiexi' })
  const supervisor = await staff(w, { role: 'supervisor', unitId: 'approval' })
  const elsewhere = await staff(w, { role: 'officer', unitId: 'hunnan' })
  const enterpriseId = (await firm(w)).id
  const applicant = await member(w, enterpriseId)
  const stranger = await member(w, (await firm(w)).id)
  const projectId = (await project(w, { enterpriseId, unitId: 'tiexi', officerPostId: officer.postId })).id
  const guideId = w.service.house.know.guides.find('HP-02')?.id ?? ''
  const receive: Window['receive'] = (present = [APPLICATION, FORM], fields = {}) =>
    officer.caller.call('application.receive', {
      guideId,
      enterpriseId,
      materials: [APPLICATION, FORM].map((name) => ({ name, isPresent: present.includes(name) })),
      ...fields,
    })
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
    elsewhere,
    applicant,
    stranger,
    enterpriseId,
    projectId,
    guideId,
    receive,
    told,
  }
}
