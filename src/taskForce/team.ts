/** A task force (环评审批服务保障工作专班) of the city or of a branch, and who is in it. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { TeamDuty, TeamLevel } from './states.js'

@Entity('team')
@Index('team_of_unit', ['unitId'], { unique: true })
export class Team extends Tracked {
  static trail: TrailRule = { kind: 'team' }

  @Column('varchar', { length: 10 }) level: TeamLevel
  /** The branch; the approval office for the city's. */
  @Column('varchar', { length: 36 }) unitId: string
  @Column('varchar', { length: 60 }) name: string
  @Column('boolean') isActive: boolean
}

/** A member by post: who holds the post is in the team. */
@Entity('team_member')
@Index('team_member_pair', ['teamId', 'postId'], { unique: true })
@Index('team_member_post', ['postId', 'teamId'])
export class TeamMember {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) teamId: string
  @Column('varchar', { length: 36 }) postId: string
  @Column('varchar', { length: 10 }) duty: TeamDuty
}
