/** The tables of projects. */
import { Project } from './project.js'
import { ProjectIssue } from './projectIssue.js'
import { ProjectStage } from './projectStage.js'

export const projectEntities = [Project, ProjectStage, ProjectIssue]
