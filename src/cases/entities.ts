/** The tables of cases. */
import { CannedReply } from './cannedReply.js'
import { CaseEntry } from './caseEntry.js'
import { CaseNote } from './caseNote.js'
import { CaseShare } from './caseShare.js'
import { HelpCase } from './helpCase.js'
import { Rating } from './rating.js'
import { Rectification } from './rectification.js'
import { Rejection } from './rejection.js'

export const caseEntities = [HelpCase, CaseShare, CaseEntry, CaseNote, Rating, Rectification, Rejection, CannedReply]
