/** Somebody's wish to bind their firm to a project by the code on its service sheet: pending until an officer decides. */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'
import type { BindState } from './states.js'

@Entity('project_bind')
@Index('project_bind_project', ['projectId', 'id'])
@Index('project_bind_person', ['personId', 'id'])
@Index('project_bind_state', ['state', 'id'])
export class ProjectBind extends Tracked {
  static trail: TrailRule = { kind: 'projectBind', digest: ['reason'] }

  @Column('varchar', { length: 36 }) projectId: string
  @Column('varchar', { length: 36 }) sheetId: string
  @Column('varchar', { length: 36 }) enterpriseId: string
  /** Null once the person was erased. */
  @Column('varchar', { length: 36, nullable: true }) personId: string | null
  @Column('varchar', { length: 10 }) state: BindState
  @Column('datetime', { precision: 3 }) askedAt: Date
  @Column('varchar', { length: 36, nullable: true }) decidedByPostId: string | null
  @Column('datetime', { precision: 3, nullable: true }) decidedAt: Date | null
  @Column('varchar', { length: 200, nullable: true }) reason: string | null
}
