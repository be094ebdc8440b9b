/** What holds a project up (堵点问题), who answers for it, and what was done (解决措施). */
import { Column, Entity, Index } from 'typeorm'
import { Tracked, type TrailRule } from '../audit/tracked.js'

@Entity('project_issue')
@Index('project_issue_project', ['projectId', 'id'])
@Index('project_issue_case', ['caseId'])
export class ProjectIssue extends Tracked {
  static trail: TrailRule = { kind: 'projectIssue', digest: ['text', 'measures'] }

  @Column('varchar', { length: 36 }) projectId: string
  @Column('text') text: string
  @Column('text', { nullable: true }) measures: string | null
  @Column('varchar', { length: 36, nullable: true }) responsiblePostId: string | null
  @Column('varchar', { length: 36, nullable: true }) responsibleUnitId: string | null
  @Column('varchar', { length: 10 }) openedOn: string
  @Column('varchar', { length: 10, nullable: true }) solvedOn: string | null
  /** The case in which it is dealt with, if one was made of it. */
  @Column('varchar', { length: 36, nullable: true }) caseId: string | null
}
