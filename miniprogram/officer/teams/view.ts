// A task force with its members, head first.
import type { ItemOf } from '../../services/api'
import { wordFor } from '../../services/words'

export type Team = ItemOf<'team.list'>
type Duty = Team['members'][number]['duty']

const order: Record<Duty, number> = { head: 0, deputy: 1, member: 2 }

export const lineOf = (team: Team) => ({
  id: team.id,
  name: team.name,
  level: wordFor('teamLevels', team.level),
  isActive: team.isActive,
  members: [...team.members]
    .sort((one, other) => order[one.duty] - order[other.duty])
    .map(({ postId, name, unit, title, duty }) => ({
      id: postId,
      name,
      about: [unit, title ?? ''].filter(Boolean).join(' · '),
      duty: wordFor('teamDuties', duty),
    })),
  canSave: team.can.includes('team.save'),
})
