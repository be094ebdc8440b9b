/** The task force's tables. */
import { Decision, DecisionWord } from './decision.js'
import { Meeting, MeetingAttendance, MeetingIssue, MeetingProject } from './meeting.js'
import { Team, TeamMember } from './team.js'

export const taskForceEntities = [
  Team,
  TeamMember,
  Meeting,
  MeetingAttendance,
  MeetingProject,
  MeetingIssue,
  Decision,
  DecisionWord,
]
