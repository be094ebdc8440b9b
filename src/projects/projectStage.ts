/** A step of a project's way: reached when, noted by whom. */
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Stage } from './stages.js'

@Entity('project_stage')
@Index('project_stage_project', ['projectId', 'id'])
export class ProjectStage {
  @PrimaryColumn('varchar', { length: 36 }) id: string
  @Column('varchar', { length: 36 }) projectId: string
  @Column('varchar', { length: 12 }) stage: Stage
  @Column('varchar', { length: 10 }) stageOn: string
  @Column('boolean') isBack: boolean
  /** Why it went back, or a word with the step. */
  @Column('varchar', { length: 300, nullable: true }) note: string | null
  /** The post that moved it; null where the software did. */
  @Column('varchar', { length: 36, nullable: true }) movedByPostId: string | null
  @Column('datetime', { precision: 3 }) at: Date
}
