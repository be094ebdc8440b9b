/** Keeping the teams: which there are, and who is in them. */
import { In, MoreThan } from 'typeorm'
import { v7 as uuid } from 'uuid'
import { change, create } from '../../audit/trail.js'
import { APPROVAL_OFFICE } from '../../cases/routing.js'
import { isDuplicate } from '../../database/transaction.js'
import { pageFrom, readCursor, writeCursor } from '../../http/cursor.js'
import { serve } from '../../http/serve.js'
import { Post } from '../../people/post.js'
import { Unit } from '../../people/unit.js'
import { invalid, Problem } from '../../problem.js'
import { Team, TeamMember } from '../team.js'
import { teamViews } from '../view.js'
import type { EntityManager } from 'typeorm'
import type { Input } from '../../contract.js'

type Members = Input<'team.save'>['members']

export const teamVerbs = {
  'team.list': serve('team.list', {
    async handle(call) {
      const { db, input, know } = call
      const { unitId, isActive, limit } = input
      const after = readCursor(know.keyring, 'team.list', input)
      const teams = await db.find(Team, {
        where: {
          ...(after ? { id: MoreThan(after[1]) } : {}),
          ...(unitId === undefined ? {} : { unitId }),
          ...(isActive === undefined ? {} : { isActive }),
        },
        order: { id: 'ASC' },
        take: limit + 1,
      })
      return pageFrom(teams, limit, await teamViews(call, teams), (last) =>
        writeCursor(know.keyring, 'team.list', input, [last.id, last.id]),
      )
    },
  }),
  'team.save': serve('team.save', {
    async handle(call) {
      const { db, input } = call
      const { id, version, level, name, isActive, members } = input
      const unitId = level === 'city' ? APPROVAL_OFFICE : input.unitId
      if (unitId === undefined) throw invalid('unitId', '请选择分局')
      const unit = await db.findOneBy(Unit, { id: unitId })
      if (!unit || (level === 'branch' && unit.kind !== 'branch')) throw invalid('unitId', '没有这个分局')
      await checkMembers(db, members)
      const fields = { level, unitId, name, isActive }
      const team = await (id === undefined
        ? create(db, Team, { id: uuid(), ...fields }, { members: [null, members] })
        : changed(db, id, version, fields, members)
      ).catch((error: unknown) => {
        throw isDuplicate(error) ? invalid('unitId', '这个单位已经有专班，请改已有的') : error
      })
      await db.delete(TeamMember, { teamId: team.id })
      if (members.length > 0) {
        await db.insert(
          TeamMember,
          members.map((member) => ({ id: uuid(), teamId: team.id, ...member })),
        )
      }
      const [view] = await teamViews(call, [team])
      if (!view) throw new Error('a team without its view')
      return view
    },
  }),
}

async function changed(
  db: EntityManager,
  id: string,
  version: number | undefined,
  fields: Pick<Team, 'level' | 'unitId' | 'name' | 'isActive'>,
  members: Members,
): Promise<Team> {
  const team = await db.findOneBy(Team, { id })
  if (!team) throw new Problem('notFound')
  if (version !== undefined && team.version !== version) throw new Problem('stale')
  const before = await db.find(TeamMember, { where: { teamId: id }, order: { id: 'ASC' } })
  const were = before.map(({ postId, duty }) => ({ postId, duty }))
  return change(db, Team, team, fields, { members: [were, members] })
}

async function checkMembers(db: EntityManager, members: Members): Promise<void> {
  const postIds = members.map(({ postId }) => postId)
  if (new Set(postIds).size !== postIds.length) throw invalid('members', '有重复的成员，请去掉')
  const found = postIds.length === 0 ? 0 : await db.countBy(Post, { id: In(postIds), isActive: true })
  if (found !== postIds.length) throw invalid('members', '有成员的岗位不在名册上，或已停用')
}
